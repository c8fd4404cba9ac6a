import type { navigationZh } from './navigation.zh.ts'

export const navigationEn: Record<keyof typeof navigationZh, string> = {
  menu: 'Menu',
  navigation: 'Main',
  groupMonth: 'This month',
  groupFiling: 'Filing',
  groupReview: 'Review',
  groupBulletins: 'Bulletins',
  groupLibrary: 'Projects',
  groupReminders: 'Reminders',
  groupAdministration: 'Administration',
}
