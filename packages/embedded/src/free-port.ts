import { createServer } from 'node:net'

/** Gives `preferred` if nothing listens there on 127.0.0.1, otherwise a free port. Another program may still take it first. */
export async function freePort(preferred = 0): Promise<number> {
  const port = await probe(preferred)
  if (port !== undefined) return port
  const other = await probe(0)
  if (other === undefined) throw new Error('No free TCP port on 127.0.0.1')
  return other
}

function probe(port: number): Promise<number | undefined> {
  return new Promise((resolve) => {
    const server = createServer()
    server.once('error', () => resolve(undefined))
    server.listen({ port, host: '127.0.0.1', exclusive: true }, () => {
      const address = server.address()
      server.close(() => resolve(typeof address === 'object' && address ? address.port : undefined))
    })
  })
}
