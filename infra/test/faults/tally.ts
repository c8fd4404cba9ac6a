/** What should have arrived and did not, and what arrived beside it or once too often. */
export function compare(
  expected: readonly string[],
  arrived: readonly string[],
): { readonly missing: string[]; readonly tooMany: string[] } {
  const left = [...expected].sort()
  const tooMany = new Map<string, number>()
  for (const one of arrived) tooMany.set(one, (tooMany.get(one) ?? 0) + 1)
  const missing = left.filter((one) => {
    const times = tooMany.get(one) ?? 0
    if (times > 0) tooMany.set(one, times - 1)
    return times === 0
  })
  return { missing, tooMany: [...tooMany].flatMap(([one, times]) => Array.from({ length: times }, () => one)).sort() }
}
