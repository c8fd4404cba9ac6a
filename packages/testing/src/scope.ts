/** What we need of a tap test: work to do when it ends, last registered first. */
export interface TestScope {
  teardown(work: () => unknown): void
}
