import { useQuery } from '@tanstack/vue-query'
import type { RegionNode } from '@tiaodu/types'
import { computed, type Ref } from 'vue'
import { api } from '../api.ts'

const PAGE = 200

/** Every row of a list, page by page. */
export async function everyPage<Row>(
  read: (query: { limit: number; cursor?: string }) => Promise<{ items: Row[]; nextCursor: string | null }>,
): Promise<Row[]> {
  const rows: Row[] = []
  for (let cursor: string | undefined; ; ) {
    const page = await read({ limit: PAGE, ...(cursor === undefined ? {} : { cursor }) })
    rows.push(...page.items)
    if (page.nextCursor === null) return rows
    cursor = page.nextCursor
  }
}

/** A region with its place in the tree, 0 at the top. */
export type RegionLine = Omit<RegionNode, 'children'> & { depth: number }

type Node = Omit<RegionNode, 'children'> & { children?: readonly Node[] }
const toLines = (nodes: readonly Node[], depth = 0): RegionLine[] =>
  nodes.flatMap(({ children = [], ...region }) => [{ ...region, depth }, ...toLines(children, depth + 1)])

export const useRegions = () =>
  useQuery({
    queryKey: ['regions'],
    queryFn: async () => toLines((await api().listRegions()).items),
    refetchInterval: false,
  })

/** What the page shows: units of a region or with a name, as they are or as they stood on a day; '' is not in use. */
export interface UnitsShown {
  readonly region: string
  readonly q: string
  readonly day: string
}

export const useUnits = (shown: Ref<UnitsShown>) =>
  useQuery({
    queryKey: ['units', shown],
    queryFn: () => {
      const { region, q, day } = shown.value
      const filter = q === '' ? { regionCode: region } : { q }
      return everyPage((page) =>
        api().listUnits({ query: { ...page, ...filter, ...(day === '' ? {} : { asOf: day }) } }),
      )
    },
    enabled: computed(() => shown.value.region !== '' || shown.value.q !== ''),
    refetchInterval: false,
  })

export const useUnit = (id: Ref<string | null>) =>
  useQuery({
    queryKey: ['unit', id],
    queryFn: () => api().getUnit({ params: { id: id.value ?? '' } }),
    enabled: computed(() => id.value !== null),
    refetchInterval: false,
  })

const LATEST = 50

export const useUnitVersions = (id: Ref<string>) =>
  useQuery({
    queryKey: ['unit', id, 'versions'],
    queryFn: () => api().listUnitVersions({ params: { id: id.value }, query: { limit: LATEST } }),
  })

export const usePeople = (unitId: Ref<string>, withLeft: Ref<boolean>) =>
  useQuery({
    queryKey: ['people', unitId, withLeft],
    queryFn: () =>
      everyPage((page) => api().listPeople({ query: { ...page, unitId: unitId.value, withLeft: withLeft.value } })),
    refetchInterval: false,
  })

/** Who holds a role in a unit without standing in it, and its contact people. */
export const useFurtherRoles = (unitId: Ref<string>) =>
  useQuery({
    queryKey: ['appointments', unitId],
    queryFn: async () =>
      (await everyPage((page) => api().listAppointments({ query: { ...page, unitId: unitId.value } }))).filter(
        ({ isMain }) => !isMain,
      ),
    refetchInterval: false,
  })

export const useAppointmentsOf = (personId: string | undefined) =>
  useQuery({
    queryKey: ['appointments-of', personId],
    queryFn: () => everyPage((page) => api().listAppointments({ query: { ...page, personId: personId ?? '' } })),
    enabled: personId !== undefined,
    refetchInterval: false,
  })

export const usePeerGroups = () =>
  useQuery({ queryKey: ['peer-groups'], queryFn: () => api().listPeerGroups(), refetchInterval: false })
