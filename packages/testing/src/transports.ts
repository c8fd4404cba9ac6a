import { startRedis } from '@tiaodu/embedded'
import type { TestScope } from './scope.ts'

/** Where the messaging tests run: always on PostgreSQL, and on Redis wherever there is one. */
export interface TestTransport {
  readonly kind: 'postgres' | 'redis'
  readonly redisUrl: string | undefined
}

/** Says loudly when Redis is not there; a private redis-server is stopped when the suite ends. */
export async function testTransports(t: TestScope): Promise<TestTransport[]> {
  const onPostgres: TestTransport = { kind: 'postgres', redisUrl: undefined }
  const given = process.env.REDIS_URL
  if (given !== undefined) return [onPostgres, { kind: 'redis', redisUrl: given }]
  const redis = await startRedis({})
  if (redis === undefined) {
    console.error('# SKIPPED: no REDIS_URL and no redis-server on the PATH; messaging is tested on PostgreSQL only')
    return [onPostgres]
  }
  t.teardown(() => redis.stop())
  return [onPostgres, { kind: 'redis', redisUrl: redis.url }]
}
