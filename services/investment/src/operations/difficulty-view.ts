import type { Difficulty } from '@tiaodu/types'
import { toAge } from '../domain/difficulty.ts'
import type { PlacedDifficulty } from '../repositories/difficulty-pages.repository.ts'

/** The API's answer about a difficulty, as it stands at `now`. */
export const toDifficultyView = (difficulty: PlacedDifficulty, now: Date): Difficulty => ({
  ...difficulty,
  registeredAt: difficulty.registeredAt.toISOString(),
  resolvedAt: difficulty.resolvedAt?.toISOString() ?? null,
  ...toAge(difficulty, now),
})
