/** A name without what people write differently: width, spaces, punctuation, 项目 and 工程 at its end. */
export const toNearName = (name: string): string =>
  name
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[\s\p{P}\p{S}]/gu, '')
    .replace(/(建设)?(项目|工程)+$/u, '')
