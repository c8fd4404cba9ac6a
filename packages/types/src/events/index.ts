import Type from 'typebox'
import {
  CalendarDate,
  Closed,
  Instant,
  Nullable,
  OneOf,
  Period,
  RegionCode,
  SignedYuan,
  Uuid,
  Yuan,
} from '../primitives.ts'
import { CoordinationLevel } from '../routes/difficulties.routes.ts'
import { ReturnReason } from '../routes/reports.routes.ts'
import { ReviewerKind } from '../routes/review-levels.routes.ts'
import {
  AssessmentClass,
  DifficultyCategory,
  FundSource,
  Light,
  Stage,
  StepKind,
  Tier,
  UnitKind,
} from '../vocabulary.ts'
import { defineEvent, type PayloadOf } from './define-event.ts'

/** Text as it was stored when the event was: what the API takes may have become narrower since. */
const Told = (maxLength: number) => Type.String({ minLength: 1, maxLength })

/** What other services keep of a project. */
const KnownProject = Closed({
  projectId: Uuid,
  version: Type.Integer(),
  name: Told(200),
  regionCode: RegionCode,
  regionName: Told(50),
  category: Told(50),
  tiers: Type.Array(Tier),
  stage: Stage,
  assessmentClass: AssessmentClass,
  totalInvestmentYuan: Nullable(Yuan),
  responsibleUnitId: Nullable(Uuid),
  responsibleUnitName: Nullable(Told(100)),
  filerId: Nullable(Uuid),
  leaderId: Nullable(Uuid),
  // Since November 2026; what an older event does not say stays as it was known.
  plannedStartOn: Type.Optional(Nullable(CalendarDate)),
  actualStartOn: Type.Optional(Nullable(CalendarDate)),
  plannedCompletionOn: Type.Optional(Nullable(CalendarDate)),
  actualCompletionOn: Type.Optional(Nullable(CalendarDate)),
  statisticalEntryOn: Type.Optional(Nullable(CalendarDate)),
  fundingPlan: Type.Optional(Type.Array(Closed({ source: FundSource, yuan: Yuan }), { maxItems: 8 })),
})

/** A project was registered (version 1) or changed; carries what other services keep of it. */
export const projectChanged = defineEvent('project.changed.v1', KnownProject)

/** Up to 200 projects were registered or changed by a list. */
export const projectsLoaded = defineEvent(
  'projects.loaded.v1',
  Closed({ projects: Type.Array(KnownProject, { minItems: 1, maxItems: 200 }) }),
)

/** A project moved to another stage of its life cycle. */
export const projectMoved = defineEvent(
  'project.moved.v1',
  Closed({ projectId: Uuid, from: Stage, to: Stage, movedOn: CalendarDate }),
)

/** A baseline of a project was recorded: its first approval (1), or a revision of it (调概). */
export const baselineRecorded = defineEvent(
  'baseline.recorded.v1',
  Closed({
    projectId: Uuid,
    number: Type.Integer({ minimum: 1 }),
    document: Told(200),
    approvedOn: CalendarDate,
    totalInvestmentYuan: Yuan,
  }),
)

/** Steps of the push plan of a project have passed their due day. */
export const stepsSlipped = defineEvent(
  'steps.slipped.v1',
  Closed({
    projectId: Uuid,
    steps: Type.Array(
      Closed({
        stepId: Uuid,
        kind: StepKind,
        name: Told(100),
        dueOn: CalendarDate,
        unitId: Nullable(Uuid),
        personId: Nullable(Uuid),
      }),
      { minItems: 1, maxItems: 200 },
    ),
  }),
)

/** A step that had slipped is done, is not needed, or has a due day to come. */
export const stepSettled = defineEvent('step.settled.v1', Closed({ projectId: Uuid, stepId: Uuid, settledAt: Instant }))

/** A unit was registered (version 1) or changed; carries what other services keep of it. */
export const unitChanged = defineEvent(
  'unit.changed.v1',
  Closed({
    unitId: Uuid,
    version: Type.Integer(),
    name: Told(100),
    kind: UnitKind,
    regionCode: RegionCode,
    parentId: Nullable(Uuid),
    peerGroup: Nullable(Told(30)),
  }),
)

/** A person was registered or changed. The name and address are asked for over HTTP, they never ride in a queue. */
export const personChanged = defineEvent('person.changed.v1', Closed({ personId: Uuid, version: Type.Integer() }))

/** A cycle opened; `obligationCount` obligations follow in obligations.issued events. */
export const cycleOpened = defineEvent(
  'cycle.opened.v1',
  Closed({
    cycleId: Uuid,
    period: Period,
    openedAt: Instant,
    dueAt: Instant,
    lockAt: Instant,
    obligationCount: Type.Integer({ minimum: 0 }),
    /** The workdays from 30 days before the due instant to the lock instant or 30 days after it, by the calendar of that day. */
    workdays: Type.Array(CalendarDate),
  }),
)

/** Up to 500 obligations of a cycle. */
export const obligationsIssued = defineEvent(
  'obligations.issued.v1',
  Closed({
    cycleId: Uuid,
    period: Period,
    obligations: Type.Array(Closed({ obligationId: Uuid, projectId: Uuid, unitId: Nullable(Uuid), dueAt: Instant }), {
      maxItems: 500,
    }),
  }),
)

/**
 * An extension moved the due instant of an obligation, a reopening its lock, or an excuse came or went. Carries how the
 * obligation stands now; of two the one with the higher revision is newer.
 */
export const obligationChanged = defineEvent(
  'obligation.changed.v1',
  Closed({
    obligationId: Uuid,
    projectId: Uuid,
    unitId: Nullable(Uuid),
    period: Period,
    what: OneOf(['extended', 'reopened', 'reopeningRevoked', 'excused', 'excuseRevoked']),
    changedAt: Instant,
    revision: Type.Integer({ minimum: 1, description: 'Counts the changes of this obligation' }),
    dueAt: Instant,
    lockAt: Instant,
    isExcused: Type.Boolean(),
  }),
)

const aboutReport = {
  obligationId: Uuid,
  projectId: Uuid,
  unitId: Nullable(Uuid),
  period: Period,
  dueAt: Instant,
  /** Counts submissions: a return carries the revision it returns, so that late arrivals are told apart. */
  revision: Type.Integer({ minimum: 1 }),
}

export const reportSubmitted = defineEvent(
  'report.submitted.v1',
  Closed({ ...aboutReport, submittedAt: Instant, isLate: Type.Boolean() }),
)

export const reportReturned = defineEvent(
  'report.returned.v1',
  Closed({ ...aboutReport, returnedAt: Instant, reasons: Type.Array(ReturnReason) }),
)

/** A level of review has approved a report, and another is to follow. */
export const reportPassed = defineEvent(
  'report.passed.v1',
  Closed({ ...aboutReport, passedAt: Instant, level: ReviewerKind, awaits: ReviewerKind }),
)

export const reportApproved = defineEvent(
  'report.approved.v1',
  Closed({ ...aboutReport, approvedAt: Instant, completedYuan: SignedYuan, yearToDateYuan: SignedYuan }),
)

export const reportCorrected = defineEvent(
  'report.corrected.v1',
  Closed({
    ...aboutReport,
    number: Type.Integer(),
    correctedAt: Instant,
    beforeYuan: SignedYuan,
    afterYuan: SignedYuan,
  }),
)

export const bulletinPublished = defineEvent(
  'bulletin.published.v1',
  Closed({
    period: Period,
    number: Type.Integer(),
    title: Told(200),
    publishedAt: Instant,
    isSimulated: Type.Boolean(),
  }),
)

/** A published bulletin was given an erratum; what it says is asked for over HTTP. */
export const bulletinCorrected = defineEvent(
  'bulletin.corrected.v1',
  Closed({ period: Period, number: Type.Integer({ minimum: 1 }), correctedAt: Instant }),
)

const aboutDifficulty = {
  difficultyId: Uuid,
  projectId: Uuid,
  unitInChargeId: Uuid,
  category: DifficultyCategory,
  coordinationLevel: CoordinationLevel,
  dueOn: CalendarDate,
}

/** A difficulty that a unit reported went into the ledger. */
export const difficultyRegistered = defineEvent(
  'difficulty.registered.v1',
  Closed({ ...aboutDifficulty, period: Period, registeredAt: Instant }),
)

/** A difficulty was resolved; its outcome is asked for over HTTP. */
export const difficultyResolved = defineEvent(
  'difficulty.resolved.v1',
  Closed({ ...aboutDifficulty, resolvedAt: Instant }),
)

/** An open difficulty was given another due day. */
export const difficultyRescheduled = defineEvent(
  'difficulty.rescheduled.v1',
  Closed({ ...aboutDifficulty, rescheduledAt: Instant }),
)

/**
 * The lights of projects in the newest month, or why they are so, have changed. A project without reasons has nothing
 * held against it; of two words about a project the one with the higher revision is newer.
 */
export const lightsChanged = defineEvent(
  'lights.changed.v1',
  Closed({
    period: Period,
    changedAt: Instant,
    projects: Type.Array(
      Closed({
        projectId: Uuid,
        revision: Type.Integer({ minimum: 1 }),
        light: Nullable(Light),
        reasons: Type.Array(Closed({ code: Type.String(), zh: Type.String(), en: Type.String() }), { maxItems: 20 }),
      }),
      { minItems: 1, maxItems: 500 },
    ),
  }),
)

/** An open difficulty has passed its due day; told once for each due day. */
export const difficultySlipped = defineEvent('difficulty.slipped.v1', Closed(aboutDifficulty))

/** The daily proof found roll-ups that are not the sum of their reports; which ones is asked for over HTTP. */
export const rollupsDiverged = defineEvent(
  'rollups.diverged.v1',
  Closed({
    reconciliationId: Uuid,
    reconciledOn: CalendarDate,
    differenceCount: Type.Integer({ minimum: 1 }),
    /** Where they are; absent in events of before, when it was not told. */
    regionCodes: Type.Optional(Type.Array(RegionCode)),
  }),
)

/** Every event of the system by name. */
export const events = {
  [projectChanged.name]: projectChanged,
  [projectsLoaded.name]: projectsLoaded,
  [projectMoved.name]: projectMoved,
  [baselineRecorded.name]: baselineRecorded,
  [stepsSlipped.name]: stepsSlipped,
  [stepSettled.name]: stepSettled,
  [unitChanged.name]: unitChanged,
  [personChanged.name]: personChanged,
  [cycleOpened.name]: cycleOpened,
  [obligationsIssued.name]: obligationsIssued,
  [obligationChanged.name]: obligationChanged,
  [reportSubmitted.name]: reportSubmitted,
  [reportReturned.name]: reportReturned,
  [reportPassed.name]: reportPassed,
  [reportApproved.name]: reportApproved,
  [reportCorrected.name]: reportCorrected,
  [difficultyRegistered.name]: difficultyRegistered,
  [difficultyResolved.name]: difficultyResolved,
  [difficultySlipped.name]: difficultySlipped,
  [difficultyRescheduled.name]: difficultyRescheduled,
  [lightsChanged.name]: lightsChanged,
  [bulletinPublished.name]: bulletinPublished,
  [rollupsDiverged.name]: rollupsDiverged,
  [bulletinCorrected.name]: bulletinCorrected,
}
export type Events = typeof events
export type EventName = keyof Events
export type EventPayload<N extends EventName> = PayloadOf<Events[N]>

/** An event as it travels: `id` is the outbox row's, and the key of exactly-once effect. */
export type EventEnvelope<N extends EventName = EventName> = {
  [K in N]: { id: string; name: K; occurredAt: string; payload: EventPayload<K> }
}[N]

/** A fact for the outbox: an event without the id and instant that storing it gives. */
export type NewEvent = { [K in EventName]: { name: K; payload: EventPayload<K> } }[EventName]
