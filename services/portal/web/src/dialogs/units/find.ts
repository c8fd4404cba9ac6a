import { api } from '../../api.ts'

const SHOWN = 50

/** Units whose name holds some words, as choices. */
export const findUnits = async (words: string) =>
  (await api().listUnits({ query: { q: words, limit: SHOWN } })).items.map(({ id, name, regionName }) => ({
    value: id,
    label: `${name}（${regionName}）`,
  }))

/** People whose name holds some words, as choices. */
export const findPeople = async (words: string) =>
  (await api().listPeople({ query: { q: words, limit: SHOWN } })).items.map(({ id, name, unitName }) => ({
    value: id,
    label: `${name}（${unitName}）`,
  }))
