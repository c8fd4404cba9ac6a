/** Who does something to a project, and when. */
export interface Act {
  readonly now: Date
  readonly actorId: string | null
  readonly actorName: string
}
