import { readConfig, serviceConfig } from '@tiaodu/service'
import Type from 'typebox'

const schema = Type.Object({
  ...serviceConfig,
  PORT: Type.Integer({ default: 8082 }),
  WORKER_PORT: Type.Integer({ default: 8092 }),
  /** From which hour on (Asia/Shanghai) the day's proof of the roll-ups is made. */
  RECONCILE_HOUR: Type.Integer({ default: 3, minimum: 0, maximum: 23 }),
  /** How often the schedule of cycles is looked at. */
  SWEEP_SECONDS: Type.Integer({ default: 60, minimum: 1 }),
})

export const readInvestmentConfig = () => readConfig(schema, process.env)
