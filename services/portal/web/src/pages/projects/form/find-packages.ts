import { api } from '../../../api.ts'

const SHOWN = 30

/** Projects that others may be a part of, found by words, as choices: a sub-project has none of its own. */
export const findPackages = async (words: string) =>
  (await api().listProjects({ query: { q: words, limit: SHOWN } })).items
    .filter(({ parentId }) => parentId === null)
    .map(({ id, name, regionName }) => ({ value: id, label: `${name}（${regionName}）` }))
