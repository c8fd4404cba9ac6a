import type { Role } from '@tiaodu/types'
import type { Word } from './i18n/index.ts'

/** A page in the header: where it is, its word, and who gets it there; everybody where no roles are named. */
export interface NavigationEntry {
  readonly to: string
  readonly word: Word
  readonly roles?: readonly Role[]
}

export interface NavigationGroup {
  readonly word: Word
  readonly entries: readonly NavigationEntry[]
}

/**
 * What the header leads to, in its order. A page is one line here. A group with one entry for somebody is that link,
 * and a group with none is not shown.
 */
const NAVIGATION: readonly NavigationGroup[] = [
  { word: 'groupMonth', entries: [{ to: '/', word: 'month' }] },
  { word: 'groupFiling', entries: [{ to: '/filing', word: 'filingList', roles: ['filer', 'head'] }] },
  {
    word: 'groupReview',
    entries: [
      { to: '/review', word: 'reviewQueue', roles: ['reviewer'] },
      { to: '/corrections', word: 'corrections' },
    ],
  },
  {
    word: 'groupBulletins',
    entries: [
      { to: '/bulletins', word: 'bulletins' },
      { to: '/rankings', word: 'rankings' },
      { to: '/assessment', word: 'assessment' },
      { to: '/lights', word: 'lights' },
      { to: '/reports', word: 'reportsList' },
      { to: '/funds', word: 'fundsPage' },
    ],
  },
  {
    word: 'groupLibrary',
    entries: [
      { to: '/projects', word: 'library' },
      { to: '/programmes', word: 'programmes' },
      { to: '/reserve-pool', word: 'reservePool' },
      { to: '/indicators', word: 'indicators' },
    ],
  },
  {
    word: 'groupReminders',
    entries: [
      { to: '/alerts', word: 'alertsPage' },
      { to: '/orders', word: 'ordersPage' },
      { to: '/difficulties', word: 'difficultyLedger' },
      { to: '/plan-steps', word: 'slippedSteps' },
      { to: '/preferences', word: 'preferencesPage' },
    ],
  },
  {
    word: 'groupAdministration',
    entries: [
      { to: '/units', word: 'units' },
      { to: '/cycles', word: 'cyclesPage' },
      { to: '/policies', word: 'policiesPage' },
      { to: '/deliveries', word: 'deliveriesPage', roles: ['operator', 'supervisor'] },
      { to: '/webhooks', word: 'webhooksPage', roles: ['operator'] },
      { to: '/operations', word: 'operationsPage', roles: ['operator'] },
      { to: '/tokens', word: 'tokensPage', roles: ['operator'] },
    ],
  },
]

/** The groups that a role gets something of. */
export const navigationFor = (role: Role): NavigationGroup[] =>
  NAVIGATION.map(({ word, entries }) => ({
    word,
    entries: entries.filter(({ roles }) => roles === undefined || roles.includes(role)),
  })).filter(({ entries }) => entries.length > 0)

/** Whether a page belongs to an entry: it is the entry's own or lies below it. */
export const isWithin = ({ to }: NavigationEntry, path: string): boolean =>
  to === '/' ? path === '/' : path === to || path.startsWith(`${to}/`)
