import { type MoveKind, STAGES, type Stage, type Words } from '@tiaodu/types'

/** The chain of the life cycle; 停缓建 and 退出 stand beside it. */
export const CHAIN = [
  'planning',
  'reserve',
  'signed',
  'preliminary',
  'newlyStarted',
  'building',
  'finishing',
  'completed',
  'producing',
  'performing',
] as const satisfies readonly Stage[]

/** Stages that not every project passes: one built by a government signs with nobody, a small one needs no last push. */
const PASSED_BY: ReadonlySet<Stage> = new Set(['signed', 'finishing'])

const SUSPENDABLE: ReadonlySet<Stage> = new Set(['signed', 'preliminary', 'newlyStarted', 'building', 'finishing'])

/** Where a project stands: its stage, when it got there, and the stage it was suspended from. */
export interface Standing {
  readonly stage: Stage
  readonly since: string
  readonly suspendedFrom: Stage | null
}

const place = (stage: Stage) => CHAIN.indexOf(stage as (typeof CHAIN)[number])

/** The stages that a move forward may reach from a stage of the chain. */
function nextStages(stage: Stage): readonly Stage[] {
  const next = CHAIN[place(stage) + 1]
  if (next === undefined) return []
  return PASSED_BY.has(next) ? [next, ...nextStages(next)] : [next]
}

const NOT_SUSPENDED_THERE: Words = {
  zh: '停缓建的项目只能回到签约至促竣工之间的阶段',
  en: 'what is suspended goes on at a stage from 签约 to 促竣工',
}

/** What kind of move it would be, or why there is none. */
export function kindOf({ stage: from, suspendedFrom }: Standing, to: Stage): MoveKind | Words {
  if (from === to) return { zh: '已处于该阶段', en: 'it is there already' }
  if (from === 'withdrawn') {
    if (to !== 'reserve')
      return { zh: '退出的项目只能经储备重新入库', en: 'a withdrawn project comes back through 储备' }
    return 'comeback'
  }
  if (to === 'withdrawn') return 'withdrawal'
  if (to === 'suspended') {
    if (!SUSPENDABLE.has(from))
      return {
        zh: '只有已签约且未竣工的项目可以停缓建',
        en: 'only what is signed and not completed can be suspended',
      }
    return 'suspension'
  }
  if (from === 'suspended') {
    // A list may say 停缓建 without saying where it stopped.
    if (suspendedFrom === null) return SUSPENDABLE.has(to) ? 'comeback' : NOT_SUSPENDED_THERE
    if (to === suspendedFrom) return 'resumption'
    const stage = STAGES[suspendedFrom]
    return { zh: `应从停下的阶段（${stage}）继续`, en: `it goes on where it stopped, at ${stage}` }
  }
  if (place(to) < place(from)) return 'backward'
  const next = nextStages(from)
  if (next.includes(to)) return 'forward'
  const stages = next.map((stage) => STAGES[stage]).join('/')
  return { zh: `下一阶段是${stages}`, en: `the next stage is ${stages}` }
}
