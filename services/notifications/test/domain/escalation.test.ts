import fc from 'fast-check'
import t from 'tap'
import { chooseWays, type Ways } from '../../src/domain/channel-choice.ts'
import { nextWorkdayMorning, POLICY, shiftWorkdays, toStepInstants } from '../../src/domain/escalation.ts'
import { createDirectory, type KnownPerson, type Responsible, resolveRung } from '../../src/domain/recipients.ts'
import { type DueObligation, decideSweep } from '../../src/domain/sweep.ts'
import { wordDigest, wordReturn } from '../../src/domain/wording.ts'

const DAY_MS = 86_400_000
const dayOf = (n: number) => new Date(Date.UTC(2026, 0, 1) + n * DAY_MS).toISOString().slice(0, 10)
const at = (text: string) => new Date(`${text}:00+08:00`)

// National Day 2025: 1 to 8 October off, 28 September and 11 October are make-up workdays.
// biome-ignore format: a calendar reads by rows
const AROUND_NATIONAL_DAY = [
  '2025-09-25', '2025-09-26', '2025-09-28', '2025-09-29', '2025-09-30',
  '2025-10-09', '2025-10-10', '2025-10-11', '2025-10-13', '2025-10-14',
]

t.test('steps count workdays over holidays and make-up workdays', async (t) => {
  const instants = toStepInstants(at('2025-10-09T18:00'), AROUND_NATIONAL_DAY)
  t.same(
    instants.map((instant) => instant.toISOString()),
    [
      '2025-09-28T09:00',
      '2025-09-30T09:00',
      '2025-10-09T09:00',
      '2025-10-09T18:00',
      '2025-10-10T09:00',
      '2025-10-13T09:00',
    ].map((text) => at(text).toISOString()),
  )
  t.equal(
    nextWorkdayMorning(at('2025-09-30T20:00'), AROUND_NATIONAL_DAY).toISOString(),
    at('2025-10-09T09:00').toISOString(),
  )
  t.throws(() => shiftWorkdays('2025-10-14', 1, AROUND_NATIONAL_DAY), /calendar does not reach/)
})

t.test(
  'for any calendar: steps are in order, on workdays, reminders before the due instant and escalations after',
  async () => {
    const calendars = fc
      .uniqueArray(fc.integer({ min: 0, max: 90 }), { minLength: 12, maxLength: 60 })
      .map((days) => days.sort((a, b) => a - b).map(dayOf))
    fc.assert(
      fc.property(calendars, (workdays) => {
        const dueOn = workdays[Math.floor(workdays.length / 2)] ?? ''
        const dueAt = at(`${dueOn}T18:00`)
        const instants = toStepInstants(dueAt, workdays)
        return instants.every((instant, index) => {
          const previous = instants[index - 1]
          const onWorkday = workdays.includes(new Date(instant.getTime() + 8 * 3_600_000).toISOString().slice(0, 10))
          const onItsSide = POLICY[index]?.kind === 'reminder' ? instant < dueAt : instant >= dueAt
          return onWorkday && onItsSide && (previous === undefined || instant > previous)
        })
      }),
    )
  },
)

const person = (id: string, role: KnownPerson['role'], unitId = 'u1', regionCode = '410800'): KnownPerson => ({
  id,
  name: id,
  role,
  unitId,
  regionCode,
})
const everybody = [
  person('filer', 'filer'),
  person('filer2', 'filer', 'u2'),
  person('head', 'head'),
  person('leader', 'leader', 'office'),
  person('city', 'supervisor', 'office'),
  person('district', 'supervisor', 'office', '410803'),
  person('operator', 'operator', 'office'),
]
const directory = createDirectory(everybody)
const responsible: Responsible = { unitId: 'u1', regionCode: '410802', filerId: 'filer', leaderId: 'leader' }

t.test("people are found by the project's real chain, and a rung with nobody passes to the next one up", async (t) => {
  const ids = (rung: Parameters<typeof resolveRung>[0], project = responsible) => {
    const { found, people } = resolveRung(rung, project, directory)
    return [found, ...people.map(({ id }) => id)]
  }
  t.same(ids('filer'), ['filer', 'filer'])
  t.same(
    ids('filer', { ...responsible, filerId: null }),
    ['filer', 'filer'],
    "without a named filer, the unit's filers",
  )
  t.same(ids('head'), ['head', 'head'])
  t.same(ids('leader'), ['leader', 'leader'])
  t.same(ids('supervisor'), ['supervisor', 'city'], 'another district does not watch over it')
  t.same(ids('head', { ...responsible, unitId: 'u2' }), ['leader', 'leader'])
  t.same(ids('filer', { unitId: null, regionCode: '410802', filerId: null, leaderId: null }), ['supervisor', 'city'])
  t.same(ids('supervisor', { ...responsible, regionCode: '110000' }), [null])
})

const due = (n: number, from: number, to: number, fields: Partial<DueObligation> = {}): DueObligation => ({
  id: `o${n}`,
  projectId: `p${n}`,
  projectName: `项目${n}`,
  unitName: '一局',
  period: '2026-11',
  dueAt: at('2026-12-07T18:00'),
  responsible,
  from,
  to,
  ...fields,
})

t.test('one digest per person, whatever the number of projects, periods and missed steps', async (t) => {
  const many = Array.from({ length: 40 }, (_, n) => due(n, 0, 5, { period: n % 2 ? '2026-11' : '2026-10' }))
  const { digests, alerts } = decideSweep(many, directory)
  t.same([...digests.keys()].sort(), ['city', 'filer', 'head', 'leader'])
  t.ok(
    [...digests.values()].every((lines) => lines.length === 40),
    'each names every project once',
  )
  t.same(alerts[0]?.rungs, ['head', 'leader', 'supervisor'], 'the alert climbs rung by rung')
  const wording = wordDigest(digests.get('filer') ?? [], at('2026-12-11T09:00'))
  t.same(wording.grounds, [{ policyId: 'overdue+0', fact: 'report-overdue', role: 'filer', count: 40 }])
  t.equal(wording.kind, 'overdue')
  t.match(wording.title, '40 个项目逾期未报')
  t.match(wording.body, '此前应发而未发的 6 次通知')
})

t.test(
  'a reminder goes to the filer alone and opens no alert; what is overdue needs no reminder any more',
  async (t) => {
    const reminder = decideSweep([due(1, 0, 1)], directory)
    t.same([...reminder.digests.keys()], ['filer'])
    t.same(reminder.alerts, [])
    const mixed = decideSweep([due(1, 2, 3), due(2, 0, 0)], directory)
    t.same(
      mixed.digests.get('filer')?.map(({ kind }) => kind),
      ['overdue', 'reminder'],
    )
    t.same([...mixed.digests.keys()].sort(), ['filer', 'head'])
  },
)

t.test('missing contacts are told once per unit and rung', async (t) => {
  const lost = { ...responsible, unitId: 'u9', filerId: null }
  const { missing, digests } = decideSweep(
    [due(1, 3, 3, { responsible: lost }), due(2, 3, 3, { responsible: lost })],
    directory,
  )
  t.same(
    missing.map(({ rung, projectIds }) => [rung, projectIds]),
    [
      ['filer', ['p1', 'p2']],
      ['head', ['p1', 'p2']],
    ],
  )
  t.same([...digests.keys()], ['leader'], 'the next rung that has somebody hears of it')
})

t.test('a long digest is cut and says how much it left out; reasons name the field in Chinese', async (t) => {
  const lines =
    decideSweep(
      Array.from({ length: 60 }, (_, n) => due(n, 3, 3)),
      directory,
    ).digests.get('head') ?? []
  t.match(wordDigest(lines, at('2026-12-08T09:00')).body, '另有 10 个项目')
  t.match(
    wordReturn({ id: 'p', name: '甲' }, '2026-11', [{ field: 'visualProgress', reason: '写明部位' }]).body,
    '形象进度：写明部位',
  )
})

t.test('the inbox beside, a message goes out by the channels that are there and wanted', async (t) => {
  const ways: Ways = { channels: ['email'], isSimulated: false }
  t.same(chooseWays('reminder', [], ways), [{ channel: 'email' }], 'who has said nothing gets everything')
  t.same(chooseWays('reminder', [{ kind: 'reminder', channels: [] }], ways), [])
  t.same(chooseWays('overdue', [{ kind: 'reminder', channels: [] }], ways), [{ channel: 'email' }], 'kind by kind')
  t.same(chooseWays('overdue', [], { ...ways, channels: [] }), [], 'what is not set up is no way out')
})
