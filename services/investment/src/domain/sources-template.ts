const rest = (query: Readonly<Record<string, string>>) =>
  Object.entries(query)
    .map(([name, value]) => `${name}=${encodeURIComponent(value)}`)
    .join('&')

/** Where the figures of an answer come from, with the row's key and the figure's name left to be put in. */
export const toSourcesTemplate = (path: string, query: Readonly<Record<string, string>>): string =>
  `${path}?${rest(query)}{&key,figure}`
