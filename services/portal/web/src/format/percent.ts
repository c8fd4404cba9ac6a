/** A percentage with two decimals; "—" when there was nothing to divide by. */
export const toPercent = (value: number | null): string => (value === null ? '—' : `${value.toFixed(2)}%`)

/** part / whole in percent, rounded half up to two decimals as the service does. */
export const percentOf = (part: number, whole: number | null): number | null =>
  whole === null || whole === 0 ? null : Math.floor((part / whole) * 10_000 + 0.5) / 100
