import fc from 'fast-check'
import t from 'tap'
import { addDays, addMonths, monthOf, toDateOn, toDateTimeText, toInstant, toPeriod, yearOf } from '../src/index.ts'

t.test('the day and the month change at midnight in Shanghai, which is 16:00 UTC', (t) => {
  t.equal(toDateOn(new Date('2026-12-31T15:59:59.999Z')), '2026-12-31')
  t.equal(toDateOn(new Date('2026-12-31T16:00:00Z')), '2027-01-01')
  t.equal(toPeriod(new Date('2026-11-30T15:59:59.999Z')), '2026-11')
  t.equal(toPeriod(new Date('2026-11-30T16:00:00Z')), '2026-12')
  t.equal(toInstant('2026-12-07', '18:00').toISOString(), '2026-12-07T10:00:00.000Z')
  t.equal(toDateTimeText(new Date('2026-12-07T10:00:59Z')), '2026-12-07 18:00')
  t.end()
})

t.test('months and days carry over years and leap days', (t) => {
  t.equal(addMonths('2026-12', 1), '2027-01')
  t.equal(addMonths('2026-01', -1), '2025-12')
  t.equal(addMonths('2026-05', -17), '2024-12')
  t.equal(addDays('2024-02-28', 1), '2024-02-29')
  t.equal(addDays('2026-03-01', -1), '2026-02-28')
  t.end()
})

const instants = fc.date({
  min: new Date('2000-01-01T00:00:00Z'),
  max: new Date('2099-12-30T00:00:00Z'),
  noInvalidDate: true,
})

t.test('for every instant: its text names the minute it lies in, and adding is undone by subtracting', (t) => {
  fc.assert(
    fc.property(instants, fc.integer({ min: -900, max: 900 }), (instant, count) => {
      const [day = '', time = ''] = toDateTimeText(instant).split(' ')
      const past = instant.getTime() - toInstant(day, time).getTime()
      const period = toPeriod(instant)
      return (
        past >= 0 &&
        past < 60_000 &&
        day === toDateOn(instant) &&
        day.startsWith(period) &&
        addDays(addDays(day, count), -count) === day &&
        addMonths(addMonths(period, count), -count) === period &&
        yearOf(addMonths(period, count)) * 12 + monthOf(addMonths(period, count)) ===
          yearOf(period) * 12 + monthOf(period) + count
      )
    }),
  )
  t.end()
})
