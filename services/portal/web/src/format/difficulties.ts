import type { DifficultyCategory, DifficultyState, DifficultySubcategory } from '@tiaodu/types'
import { t } from '../i18n/index.ts'

/** 困难类别 with the 细类 of each. */
export const CATEGORIES: Record<DifficultyCategory, readonly DifficultySubcategory[]> = {
  approval: ['initiation', 'land', 'planning', 'environmentalReview', 'constructionPermit'],
  site: ['demolition', 'pipelines', 'utilities', 'roads'],
  funds: [],
  environment: [],
  supporting: [],
  other: [],
}
export const CATEGORY_NAMES = Object.keys(CATEGORIES) as DifficultyCategory[]
export const LEVELS = [1, 2, 3, 4] as const

export const STATE_TYPES: Record<DifficultyState, 'warning' | 'primary' | 'success' | 'info'> = {
  registered: 'warning',
  coordinating: 'primary',
  resolved: 'success',
  closed: 'info',
}

/** 报批·用地. */
export const toCategory = (category: DifficultyCategory, subcategory: DifficultySubcategory | null): string =>
  subcategory === null
    ? t(`difficulty_${category}`)
    : `${t(`difficulty_${category}`)}·${t(`difficulty_${subcategory}`)}`
