import Fastify from 'fastify'
import pg from 'pg'

/**
 * The least a handler can do: a bare Fastify route that sends JSON text which PostgreSQL made by one named statement.
 * Run as a process of its own: DATABASE_URL, PORT, and FLOOR = {method, url, text, schema}; `$1` is the last path segment.
 */
const { method, url, text, schema } = JSON.parse(process.env.FLOOR ?? '{}') as Record<string, string>
const pool = new pg.Pool({ connectionString: process.env.DATABASE_URL, max: 8, options: `-c search_path=${schema}` })
const app = Fastify()
app.route({
  method: method ?? 'GET',
  url: url ?? '/',
  handler: async (request, reply) => {
    const { id } = request.params as { id?: string }
    const { rows } = await pool.query({ name: 'floor', text: text ?? '', values: id === undefined ? [] : [id] })
    return reply.type('application/json; charset=utf-8').send(rows[0].json)
  },
})
await app.listen({ host: '127.0.0.1', port: Number(process.env.PORT) })
