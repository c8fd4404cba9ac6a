import t from 'tap'
import { AT_ONCE, afterQuiet, chooseWays, type Preference, type Ways } from '../../src/domain/channel-choice.ts'
import { assertNotSwitchedOff } from '../../src/domain/compulsory.ts'
import { toSending, wordDigest } from '../../src/domain/digest-wording.ts'
import { planSteps, toDueSteps } from '../../src/domain/policy-steps.ts'
import { createDirectory, type Responsible, resolveRole } from '../../src/domain/recipients.ts'
import { decideSweep, type Subject, type Telling } from '../../src/domain/sweep.ts'
import { wordReturn } from '../../src/domain/wording.ts'
import { createWorkdays } from '../../src/domain/workdays.ts'
import { at, DIRECTORY, EVERYBODY, person, REPORT_RULES, RESPONSIBLE, rule, subject } from '../fixtures/policies.ts'

const workdays = createWorkdays([])
const DUE = at('2026-12-07T18:00')

/** A subject with the steps of its fact that have passed by `now`. */
function telling(about: Subject, now: string, rules = REPORT_RULES): Telling {
  const steps = planSteps(rules, about.fact, { at: about.dueAt, endsAt: null }, workdays)
  return { subject: about, steps: toDueSteps(steps, null, at(now)).due, brokenPromise: null }
}
const bundleOf = (tellings: readonly Telling[], personId: string, directory = DIRECTORY) =>
  decideSweep(tellings, directory).bundles.find((bundle) => bundle.personId === personId)?.lines ?? []
const told = (tellings: readonly Telling[], directory = DIRECTORY) =>
  decideSweep(tellings, directory)
    .bundles.map(({ personId }) => personId)
    .sort()

t.test("people are found by the project's real chain, and a rung with nobody passes to the next one up", async (t) => {
  const ids = (role: Parameters<typeof resolveRole>[0], project: Responsible = RESPONSIBLE) => {
    const { found, people } = resolveRole(role, project, DIRECTORY)
    return [found, ...people.map(({ id }) => id)]
  }
  t.same(ids('filer'), ['filer', 'filer'])
  t.same(ids('filer', { ...RESPONSIBLE, filerId: null }), ['filer', 'filer'], "without a named one, the unit's filers")
  t.same(ids('head'), ['head', 'head'])
  t.same(ids('leader'), ['leader', 'leader'])
  t.same(ids('supervisor'), ['supervisor', 'city'], 'another district does not watch over it')
  t.same(ids('reviewer'), ['reviewer', 'reviewer'])
  t.same(ids('head', { ...RESPONSIBLE, unitId: 'u2' }), ['leader', 'leader'])
  t.same(ids('filer', { unitId: null, regionCode: '410802', filerId: null, leaderId: null }), ['supervisor', 'city'])
  t.same(ids('supervisor', { ...RESPONSIBLE, regionCode: '110000' }), [null])
  t.same(ids('doer', { ...RESPONSIBLE, doerId: 'reviewer' }), ['doer', 'reviewer'])
  t.same(ids('doer', { ...RESPONSIBLE, doerUnitId: 'u2' }), ['doer', 'filer2'], 'the unit that settles it')
  t.same(ids('doer'), ['doer'], 'there need not be anybody who does it')
})

t.test('a person who changed unit is told of the new one; two people who share a role are both told', async (t) => {
  const moved = EVERYBODY.map((one) => (one.id === 'filer' ? { ...one, unitId: 'u2' } : one))
  const [old, own] = [subject(1), subject(2, { responsible: { ...RESPONSIBLE, unitId: 'u2', filerId: 'filer' } })]
  const due = [telling({ ...old, fact: 'report-due' }, '2026-12-07T09:00')]
  t.same(told(due, createDirectory([...moved, person('heir', 'filer')])), ['heir'], 'the unit has another filer now')
  t.same(told(due, createDirectory(moved)), ['head'], 'or nobody, and the next rung hears of it')
  t.same(told([telling({ ...own, fact: 'report-due' }, '2026-12-07T09:00')], createDirectory(moved)), ['filer'])
  const shared = createDirectory([...EVERYBODY, person('deputy', 'head'), person('second', 'supervisor', 'office')])
  t.same(told([telling(subject(1), '2026-12-07T18:00')], shared), ['deputy', 'filer', 'head'])
  t.same(told([telling(subject(1), '2026-12-10T09:00')], shared).includes('second'), true)
})

t.test('one digest per person, whatever the number of projects, periods and missed steps', async (t) => {
  const many = Array.from({ length: 40 }, (_, n) =>
    telling(subject(n, { period: n % 2 ? '2026-11' : '2026-10' }), '2026-12-11T09:00'),
  )
  t.same(told(many), ['city', 'filer', 'head', 'leader'])
  const lines = bundleOf(many, 'filer')
  t.equal(lines.length, 40, 'it names every project once')
  const wording = wordDigest(lines, at('2026-12-11T09:00'))
  t.equal(wording.kind, 'overdue')
  t.match(wording.title, '40 个项目逾期未报（2026-10、2026-11）')
  t.match(wording.body, '此前应发而未发的 3 次通知', 'stopped over three due steps and started again')
  t.same(wording.grounds, [{ policyId: 'overdue-0', fact: 'report-overdue', role: 'filer', count: 40 }])
})

t.test('a reminder goes to the filer alone; a digest holds what is overdue before what is due', async (t) => {
  const reminder = telling(subject(1, { fact: 'report-due' }), '2026-12-07T09:00')
  t.same(told([{ ...reminder, steps: reminder.steps.slice(-1) }]), ['filer'])
  const mixed = [reminder, telling(subject(2), '2026-12-07T18:00')]
  const { kind, title, body } = wordDigest(bundleOf(mixed, 'filer'), DUE)
  t.match([kind, title], ['overdue', '1 个项目逾期未报，1 个项目待上报'])
  t.ok(body.indexOf('项目2') < body.indexOf('项目1'))
})

t.test('what is told at once is one message for each project; the rest waits for the digest', async (t) => {
  const atOnce = rule('slipped', { fact: 'step-slipped', mode: 'atOnce', time: null })
  const slip = (n: number, project: number) =>
    telling(
      subject(n, {
        fact: 'step-slipped',
        projectId: `p${project}`,
        projectName: `项目${project}`,
        label: `前期手续“${n}”`,
      }),
      '2026-12-07T18:00',
      [atOnce],
    )
  const { bundles } = decideSweep(
    [slip(1, 1), slip(2, 1), slip(3, 2), telling(subject(4), '2026-12-07T18:00')],
    DIRECTORY,
  )
  const own = bundles.filter(({ personId }) => personId === 'filer').map(({ lines }) => wordDigest(lines, DUE).title)
  t.same(own, ['推进计划滞后：项目1（2 项）', '推进计划滞后：项目2（1 项）', '逾期未报：1 个项目逾期未报（2026-11）'])
})

t.test('a promise that was broken is told on its rung and the one above', async (t) => {
  const broken: Telling = { subject: subject(1), steps: [], brokenPromise: 'head' }
  t.same(told([broken]), ['head', 'leader'])
  t.match(wordDigest(bundleOf([broken], 'head'), DUE).body, '承诺的日期已过')
  t.same(toSending(bundleOf([broken], 'head')), AT_ONCE, 'as what no policy asks for')
  t.same(told([{ ...broken, brokenPromise: 'supervisor' }]), ['city'])
})

t.test('missing contacts are told once per unit and rung', async (t) => {
  const lost = { ...RESPONSIBLE, unitId: 'u9', filerId: null }
  const { missing, bundles } = decideSweep(
    [1, 2].map((n) => telling(subject(n, { responsible: lost }), '2026-12-07T18:00')),
    DIRECTORY,
  )
  t.same(
    missing.map(({ role, projectIds }) => [role, projectIds]),
    [
      ['filer', ['p1', 'p2']],
      ['head', ['p1', 'p2']],
    ],
  )
  t.same(
    bundles.map(({ personId }) => personId),
    ['leader'],
    'the next rung that has somebody hears of it',
  )
})

t.test('a long digest is grouped by unit, cut, and says how much it left out', async (t) => {
  const lines = bundleOf(
    Array.from({ length: 60 }, (_, n) =>
      telling(subject(n, { unitName: n % 2 ? '一局' : '二局' }), '2026-12-07T18:00'),
    ),
    'head',
  )
  const { body } = wordDigest(lines, at('2026-12-08T09:00'))
  t.match(body, '另有 10 项')
  t.match(body, '一局（30 项）')
  const ground = { policyId: 'returned', role: 'filer' as const }
  t.match(
    wordReturn({ id: 'p', name: '甲' }, '2026-11', [{ field: 'visualProgress', reason: '写明部位' }], ground).body,
    '形象进度：写明部位',
  )
})

t.test('the inbox beside, a message goes out by the channels that are there and wanted', async (t) => {
  const ways: Ways = { channels: ['email'], isSimulated: false }
  const wants: Preference = { kind: 'reminder', channels: ['email'], digestTime: null, quietHours: null }
  const now = at('2026-12-07T22:30')
  const choose = (preference: Partial<Preference>, sending = AT_ONCE, where = ways) =>
    chooseWays('reminder', sending, { role: 'filer', preferences: [{ ...wants, ...preference }] }, where, now)
  t.same(chooseWays('reminder', AT_ONCE, { role: 'filer', preferences: [] }, ways, now), [
    { channel: 'email', waitSeconds: 0 },
  ])
  t.same(choose({ channels: [] }), [])
  t.same(choose({}, { ...AT_ONCE, channels: [] }), [], 'nor by one that the policy does not name')
  t.same(choose({}, AT_ONCE, { ...ways, channels: [] }), [], 'what is not set up is no way out')
  const off = { role: 'filer' as const, preferences: [{ ...wants, kind: 'overdue' as const, channels: [] }] }
  t.match(
    chooseWays('overdue', AT_ONCE, off, ways, now),
    [{ channel: 'email' }],
    'what is compulsory goes out all the same',
  )
  t.throws(() => assertNotSwitchedOff('overdue', 'head', []), { code: 'compulsory-notice' })
  t.throws(() => assertNotSwitchedOff('contactMissing', 'operator', []), { code: 'compulsory-notice' })
  t.doesNotThrow(() => assertNotSwitchedOff('contactMissing', 'filer', []), 'the role decides')
  t.doesNotThrow(() => assertNotSwitchedOff('reminder', 'filer', []))
  t.match(choose({}, { ...AT_ONCE, quietHours: { from: '21:00', to: '08:00' } }), [{ waitSeconds: 9.5 * 3_600 }])
  t.match(choose({ digestTime: '09:00' }, { ...AT_ONCE, isDigest: true }), [{ waitSeconds: 10.5 * 3_600 }])
  t.match(choose({ digestTime: '09:00' }), [{ waitSeconds: 0 }], 'what is told at once does not wait for the digest')
  t.match(choose({ digestTime: '09:00' }, { ...AT_ONCE, isDigest: true }, { ...ways, isSimulated: true }), [
    { waitSeconds: 0 },
  ])
})

t.test('quiet hours hold until their end, over midnight too', async (t) => {
  const night = { from: '21:00', to: '08:00' }
  const noon = { from: '12:00', to: '14:00' }
  for (const [now, quiet, expected] of [
    ['2026-12-07T20:59', night, '2026-12-07T20:59'],
    ['2026-12-07T21:00', night, '2026-12-08T08:00'],
    ['2026-12-08T07:59', night, '2026-12-08T08:00'],
    ['2026-12-08T08:00', night, '2026-12-08T08:00'],
    ['2026-12-08T11:59', noon, '2026-12-08T11:59'],
    ['2026-12-08T12:30', noon, '2026-12-08T14:00'],
    ['2026-12-08T14:00', noon, '2026-12-08T14:00'],
  ] as const) {
    t.same(afterQuiet(at(now), quiet), at(expected), now)
  }
  t.same(afterQuiet(at('2026-12-07T23:00'), null), at('2026-12-07T23:00'))
})
