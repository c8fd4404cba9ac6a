import type { Stage } from '@tiaodu/types'

/** 谋划→储备→签约→开工→竣工→投产, the steps that a year's work is measured by. */
export const FUNNEL = [
  'planning',
  'reserve',
  'signed',
  'newlyStarted',
  'completed',
  'producing',
] as const satisfies readonly Stage[]
