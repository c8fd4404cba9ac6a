import { type Migration, sql } from 'kysely'

const POLICY = {
  name: '对账不符',
  fact: 'rollups-diverged',
  tells: ['operator'],
  amount: 0,
  unit: 'workdays',
  time: null,
  everyWorkdays: null,
  untilWorkdays: null,
  mode: 'atOnce',
  channels: ['email'],
  quietHours: { from: '21:00', to: '08:00' },
  isActive: true,
}

/** Operators hear of roll-ups that are not the sum of what lies beneath them. */
export const tellDivergence: Migration = {
  async up(db) {
    await sql`insert into policies values
      ('diverged', 1, ${JSON.stringify(POLICY)}::jsonb, '2000-01-01T00:00:00Z', null, '系统', '出厂默认')`.execute(db)
  },
}
