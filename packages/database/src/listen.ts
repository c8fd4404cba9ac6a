import pg from 'pg'

/** Words that PostgreSQL passes on (NOTIFY), over a connection of its own. */
export interface Listening {
  close(): Promise<void>
}

export interface Listener {
  onWord(word: string): void
  /** Words may have been missed: the connection broke and is there again. Also called after the first one. */
  onGap(): void
}

const AGAIN_MS = 1_000

/** Calls a listener for every word on a channel, and listens anew whenever the connection breaks. */
export function listen(options: pg.ClientConfig, channel: string, { onWord, onGap }: Listener): Listening {
  let isClosing = false
  let current: pg.Client | undefined
  let again: NodeJS.Timeout | undefined
  const connect = async () => {
    const client = new pg.Client({ ...options, keepAlive: true })
    current = client
    const retry = () => {
      if (isClosing || current !== client) return
      current = undefined
      client.end().catch(() => {})
      again = setTimeout(connect, AGAIN_MS)
    }
    client.on('error', retry)
    client.on('end', retry)
    client.on('notification', ({ payload }) => onWord(payload ?? ''))
    try {
      await client.connect()
      await client.query(`listen ${pg.escapeIdentifier(channel)}`)
      onGap()
    } catch {
      retry()
    }
  }
  void connect()
  return {
    async close() {
      isClosing = true
      clearTimeout(again)
      await current?.end().catch(() => {})
    },
  }
}
