import type { InboxItem, Role } from '@tiaodu/types'
import type { RouteLocationRaw } from 'vue-router'
import type { Word } from '../../i18n/index.ts'

export interface SubjectLink {
  readonly word: Word
  readonly to: RouteLocationRaw
}

type Item = Pick<InboxItem, 'kind' | 'period' | 'projectIds' | 'orderIds'>

/** Where what a message is about is worked on, by whoever reads it. */
function placeOf({ kind, period, projectIds, orderIds }: Item, role: Role): SubjectLink | undefined {
  const ofPeriod = period === null ? {} : { query: { period } }
  const [projectId] = projectIds
  const [orderId, ...otherOrders] = orderIds
  switch (kind) {
    case 'reminder':
      return role === 'filer' || role === 'head'
        ? { word: 'toFiling', to: { path: '/filing', ...ofPeriod } }
        : undefined
    case 'returned':
      return role === 'filer' && projectId !== undefined && period !== null
        ? { word: 'toReturned', to: { name: 'filing-form', params: { projectId, period } } }
        : undefined
    case 'overdue':
    case 'alert':
      return { word: 'toAlerts', to: '/alerts' }
    case 'bulletin':
      return { word: 'toBulletin', to: period === null ? '/bulletins' : { name: 'bulletin', params: { period } } }
    case 'stepSlipped':
      return { word: 'toPlanSteps', to: '/plan-steps' }
    case 'contactMissing':
      return { word: 'toUnits', to: '/units' }
    case 'rollupsDiverged':
      return role === 'operator' ? { word: 'toOperations', to: '/operations' } : undefined
    case 'order':
      return orderId === undefined || otherOrders.length > 0
        ? { word: 'toOrders', to: '/orders' }
        : { word: 'toOrder', to: { name: 'order', params: { id: orderId } } }
  }
}

/** The links below a message: to the work, and to the project when it is about one alone. */
export function toSubjects(item: Item, role: Role): SubjectLink[] {
  const place = placeOf(item, role)
  const [id, ...others] = item.projectIds
  const project: SubjectLink[] =
    id === undefined || others.length > 0 ? [] : [{ word: 'toProject', to: { name: 'project', params: { id } } }]
  return place === undefined ? project : [place, ...project]
}
