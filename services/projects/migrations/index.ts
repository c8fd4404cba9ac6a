import type { Migrations } from '@tiaodu/database'
import { createMessaging } from './20261123T0800_create_messaging.ts'
import { createUnitsAndPeople } from './20261123T0810_create_units_and_people.ts'
import { createProjects } from './20261123T0820_create_projects.ts'
import { createIndicators } from './20261123T0830_create_indicators.ts'

export const migrations: Migrations = {
  '20261123T0800_create_messaging': createMessaging,
  '20261123T0810_create_units_and_people': createUnitsAndPeople,
  '20261123T0820_create_projects': createProjects,
  '20261123T0830_create_indicators': createIndicators,
}
