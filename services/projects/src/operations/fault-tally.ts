import { type CellFault, toShownFault } from '../domain/cell-fault.ts'

/** Counts every problem of a list and keeps the first: millions of wrong cells must not fill the memory of the worker. */
export function createFaultTally(kept: number) {
  const first: CellFault[] = []
  let count = 0
  return {
    first: first as readonly CellFault[],
    count: (): number => count,
    add(faults: readonly CellFault[]): void {
      count += faults.length
      if (first.length < kept) first.push(...faults.slice(0, kept - first.length).map(toShownFault))
    },
  }
}
export type FaultTally = ReturnType<typeof createFaultTally>
