import t from 'tap'
import { addCounted, type TokenCall, toCounted } from '../../src/domain/call-tally.ts'

const call: TokenCall = { tokenId: 'a', method: 'GET', route: '/api/v1/projects', status: 200 }
const at = (time: string) => new Date(`2026-11-25T${time}:00Z`)

t.test('calls are counted by token, day in Asia/Shanghai, method and route; a problem is a refusal', async (t) => {
  const counted = [
    toCounted(call, at('15:00')),
    toCounted(call, at('15:59')),
    toCounted({ ...call, status: 403 }, at('15:30')),
    toCounted(call, at('16:00')),
    toCounted({ ...call, route: '/api/v1/events' }, at('15:00')),
    toCounted({ ...call, tokenId: 'b', status: 304 }, at('15:00')),
  ]
  const same = { tokenId: 'a', calledOn: '2026-11-25', method: 'GET', route: '/api/v1/projects' }
  t.same(
    [...addCounted(new Map(), counted).values()],
    [
      { ...same, answered: 2, refused: 1, lastAt: '2026-11-25T15:59:00.000Z' },
      { ...same, calledOn: '2026-11-26', answered: 1, refused: 0, lastAt: '2026-11-25T16:00:00.000Z' },
      { ...same, route: '/api/v1/events', answered: 1, refused: 0, lastAt: '2026-11-25T15:00:00.000Z' },
      { ...same, tokenId: 'b', answered: 1, refused: 0, lastAt: '2026-11-25T15:00:00.000Z' },
    ],
  )
})

t.test('what could not be written is added back: nothing is lost or doubled, whichever came first', async (t) => {
  const [early, late] = [[toCounted(call, at('10:00'))], [toCounted(call, at('11:00')), toCounted(call, at('12:00'))]]
  const [one, other] = [addCounted(addCounted(new Map(), early), late), addCounted(addCounted(new Map(), late), early)]
  t.same([...one.values()], [...other.values()])
  t.match([...one.values()], [{ answered: 3, lastAt: '2026-11-25T12:00:00.000Z' }])
})
