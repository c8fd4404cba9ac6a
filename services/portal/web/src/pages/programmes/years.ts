/** Years to choose from: some before this one, and the next. */
export const yearsAround = (thisYear: number) =>
  Array.from({ length: 6 }, (_, at) => String(thisYear + 1 - at)).map((value) => ({ value, label: value }))
