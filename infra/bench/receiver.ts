import { createServer } from 'node:http'

/** Takes whatever is posted, as a process of its own (PORT), and tells at GET how much came between which instants. */
let [count, firstAt, lastAt] = [0, 0, 0]
createServer((request, response) => {
  if (request.method === 'GET') {
    response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify({ count, firstAt, lastAt }))
    if (request.url === '/reset') [count, firstAt, lastAt] = [0, 0, 0]
    return
  }
  request.resume().once('end', () => {
    lastAt = performance.now()
    if (count++ === 0) firstAt = lastAt
    response.writeHead(204).end()
  })
}).listen(Number(process.env.PORT), '127.0.0.1')
