/** What a benchmark is given: a migrated database of its own, ports to use, a secret to sign with. */
export interface BenchStage {
  readonly root: string
  readonly databaseUrl: string
  readonly tokenSecret: string
  readonly firstPort: number
}
