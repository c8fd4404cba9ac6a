import { type EventPayload, type Light, type LightReason, toPercent } from '@tiaodu/types'

/** What of a standing says what others are told of it. */
export interface JudgedProject {
  readonly projectId: string
  readonly period: string
  readonly isCounted: boolean
  readonly light: Light | null
  readonly lightReasons: readonly LightReason[]
  readonly isExempt?: boolean
}

/** Completion that is far above what was received. */
export interface FarAbove {
  readonly projectId: string
  readonly completedYuan: number
  readonly gapYuan: number
}

export type ToldLight = EventPayload<'lights.changed.v1'>['projects'][number]

const TOLD: readonly string[] = ['behind-schedule', 'start-missed']
const YUAN_PER_WAN = 10_000
const inWan = (yuan: number) => Math.round(yuan / YUAN_PER_WAN)

function toGapReason({ completedYuan, gapYuan }: FarAbove) {
  const percent = toPercent(gapYuan, completedYuan)
  return {
    code: 'funds-gap',
    zh: `已完成 ${inWan(completedYuan)} 万元，其中 ${inWan(gapYuan)} 万元资金未到位（${percent}%）`,
    en: `${inWan(gapYuan)} of ${inWan(completedYuan)} 万元 completed were not received (${percent}%)`,
  }
}

/** What is told of a project's light: why it is not green, and a gap of funds; nothing of one that counts nowhere or is exempt. */
export function toToldLight(project: JudgedProject, gap: FarAbove | undefined): Omit<ToldLight, 'revision'> {
  const { projectId, isCounted, isExempt = false, light } = project
  if (!isCounted || isExempt) return { projectId, light: null, reasons: [] }
  const reasons = project.lightReasons.filter(({ code }) => TOLD.includes(code))
  return {
    projectId,
    light,
    reasons: [
      ...reasons.map(({ code, zh, en }) => ({ code, zh, en })),
      ...(gap === undefined ? [] : [toGapReason(gap)]),
    ],
  }
}
