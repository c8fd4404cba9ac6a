import { MAX_PHOTOS, ProblemError } from '@tiaodu/types'
import fc from 'fast-check'
import t from 'tap'
import { dayTakenIn } from '../../src/domain/photo-day.ts'
import {
  decideAddPhoto,
  decideRemovePhoto,
  type HandedIn,
  revisionOf,
  type StoredPhoto,
} from '../../src/domain/photo-decisions.ts'
import { exifOf, photoTypeOf } from '../../src/domain/photo-file.ts'
import { type Act, EMPTY_ENTRY, type StoredReport, type Terms } from '../../src/domain/report.ts'
import { exifSaying, jpeg, png, webp } from '../fixtures/photos.ts'

const NOW = new Date('2026-12-01T20:00:00Z')
const act: Act = {
  ...{ now: NOW, actorId: 'filer', regionCode: '410800', unitId: null },
  ...{ isSimulated: false, expectedVersion: undefined },
}
const terms: Terms = {
  ...{ projectId: 'p', period: '2026-11', firstSubmittedAt: null },
  dueAt: new Date('2026-12-07T10:00:00Z'),
  lockAt: new Date('2026-12-31T16:00:00Z'),
  review: { levels: [{ reviewer: 'any', name: '审核' }], parentUnitId: null },
}
const report = (state: StoredReport['state'], revision: number): StoredReport => ({
  ...{ projectId: 'p', period: '2026-11', state, version: 3, revision, entry: EMPTY_ENTRY },
  ...{ submittedAt: null, submittedBy: 'filer', isLate: false, returnReasons: [] },
  ...{ awaits: null, passedBy: [], approvedAt: null, approvedBy: null, isSimulated: false },
})
const handedIn = (fields: Partial<HandedIn> = {}): HandedIn => ({
  ...{ id: 'new', place: '1 号楼', enteredOn: '2026-11-30', readOn: undefined },
  ...{ type: 'image/jpeg', bytes: 5, sha256: 'new', ...fields },
})
const photo = (firstRevision: number, sha256 = 'a'): StoredPhoto => ({
  ...{ id: sha256, place: '1 号楼', takenOn: '2026-11-01', isTakenOnRead: false },
  ...{ type: 'image/jpeg', bytes: 5, sha256, firstRevision, addedAt: NOW, addedBy: 'filer' },
})
const codeOf = (work: () => unknown): string => {
  try {
    work()
    return 'none'
  } catch (error) {
    if (error instanceof ProblemError) return error.code
    throw error
  }
}
const add = (found: StoredReport | undefined, fields: Partial<HandedIn> = {}, photos: StoredPhoto[] = []) =>
  codeOf(() => decideAddPhoto(terms, found, photos, handedIn(fields), act))

t.test('a photo joins a draft, or a returned report, and nothing else', async (t) => {
  t.same(
    [undefined, report('draft', 0), report('returned', 1), report('submitted', 1), report('approved', 1)].map((found) =>
      add(found),
    ),
    ['none', 'none', 'none', 'report-not-editable', 'report-not-editable'],
  )
  t.equal(
    codeOf(() => decideAddPhoto({ ...terms, lockAt: NOW }, undefined, [], handedIn(), act)),
    'period-locked',
  )
})

t.test('a report has so many photos and each file once', async (t) => {
  const full = Array.from({ length: MAX_PHOTOS }, (_, n) => photo(1, String(n)))
  t.equal(add(undefined, {}, full), 'limit-reached')
  t.equal(add(undefined, {}, full.slice(1)), 'none')
  t.equal(add(undefined, { sha256: 'a' }, [photo(1)]), 'already-exists')
})

t.test('the day is what was entered, else what the file says, and not to come', async (t) => {
  const taken = (fields: Partial<HandedIn>) => {
    const { takenOn, isTakenOnRead } = decideAddPhoto(terms, undefined, [], handedIn(fields), act)
    return [takenOn, isTakenOnRead]
  }
  t.same(taken({ enteredOn: '2026-11-02', readOn: '2026-11-01' }), ['2026-11-02', false])
  t.same(taken({ enteredOn: undefined, readOn: '2026-11-01' }), ['2026-11-01', true])
  t.equal(add(undefined, { enteredOn: undefined }), 'validation-failed')
  t.equal(add(undefined, { enteredOn: '2026-12-02' }), 'none', 'it is the 2nd in Shanghai')
  t.equal(add(undefined, { enteredOn: '2026-12-03' }), 'validation-failed')
})

t.test('what was never filed goes, what was filed stays with that submission', async (t) => {
  const remove = (found: StoredReport | undefined, firstRevision: number) =>
    decideRemovePhoto(terms, found, photo(firstRevision), act).lastRevision
  t.equal(remove(report('draft', 0), 1), null)
  t.equal(remove(report('returned', 2), 3), null)
  t.equal(remove(report('returned', 2), 2), 2)
  t.equal(remove(report('returned', 2), 1), 2)
  t.equal(
    codeOf(() => remove(report('submitted', 1), 1)),
    'report-not-editable',
  )
  t.same([undefined, report('returned', 2), report('submitted', 2)].map(revisionOf), [1, 3, 2])
})

t.test('a file is what its first bytes say, and a camera’s day is found in each kind', async (t) => {
  const exif = exifSaying('2026:11:18 23:30:00')
  const files = [jpeg, png, webp].map((make) => [make('plain'), make('shot', exif)] as const)
  t.same(
    files.map(([plain]) => photoTypeOf(plain)),
    ['image/jpeg', 'image/png', 'image/webp'],
  )
  for (const [plain, shot] of files) {
    t.equal(dayTakenIn(plain), undefined)
    t.equal(dayTakenIn(shot), '2026-11-18', 'as the clock of the camera told')
  }
  t.same([Buffer.from('<svg onload="alert(1)"/>'), new Uint8Array()].map(photoTypeOf), [undefined, undefined])
  t.equal(
    dayTakenIn(jpeg('no day', exifSaying('0000:00:00 00:00:00'))),
    undefined,
    'of a camera whose clock was not set',
  )
})

t.test('whatever a file holds after its first bytes, reading it ends, and finds a real day or none', async () => {
  const heads = [jpeg('', exifSaying('2026:11:18 09:30:00')), png('', exifSaying('0000:00:00 00:00:00')), webp('')]
  fc.assert(
    fc.property(fc.constantFrom(...heads), fc.nat({ max: 80 }), fc.uint8Array({ maxLength: 60 }), (head, cut, rest) => {
      const bytes = Buffer.concat([head.subarray(0, Math.max(12, cut)), rest])
      const block = exifOf(bytes)
      const day = dayTakenIn(bytes)
      return (block?.length ?? 0) <= bytes.length && (day === undefined || !Number.isNaN(Date.parse(day)))
    }),
    { numRuns: 2_000 },
  )
})
