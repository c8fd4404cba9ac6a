import type { GroupChannel } from '@tiaodu/types'
import type { PolicyStep } from './policy-steps.ts'
import { covers } from './recipients.ts'

/** A group at work that a robot speaks in. */
export interface KnownGroup {
  /** Its endpoint. */
  readonly id: string
  readonly channel: GroupChannel
  /** The unit whose group it is; null for one that hears of the whole region. */
  readonly unitId: string | null
  readonly regionCode: string
}

/** The unit and the place of what is told. */
export interface Concerned {
  readonly unitId: string | null
  readonly regionCode: string
}

const hears = (group: KnownGroup, { unitId, regionCode }: Concerned): boolean =>
  group.unitId === null ? covers(group.regionCode, regionCode) : group.unitId === unitId

/** The groups that hear of something by a policy: it names their channel, and it is about their unit or their region. */
export const groupsOf = (
  groups: readonly KnownGroup[],
  { channels }: Pick<PolicyStep['policy'], 'channels'>,
  concerned: Concerned,
): readonly KnownGroup[] => groups.filter((group) => channels.includes(group.channel) && hears(group, concerned))

/** Why a group hears of it. */
export const whyGroup = ({ unitId }: Pick<KnownGroup, 'unitId'>): string =>
  unitId === null ? '本群接收本地区重点项目的通知' : '本群接收本单位重点项目的通知'
