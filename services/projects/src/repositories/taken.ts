import { refuse } from '@tiaodu/types'

const FIELDS: Readonly<Record<string, string>> = {
  projects_region_code_name_key: 'name',
  projects_project_code_key: 'projectCode',
  units_region_code_name_key: 'name',
  units_credit_code_key: 'creditCode',
  plan_steps_project_id_kind_name_key: 'name',
  step_templates_kind_name_key: 'name',
  programmes_code_key: 'code',
  programmes_name_key: 'name',
  saved_views_person_id_name_key: 'name',
}

/** Says of a write which name or code somebody else took at the same moment. @throws already-exists */
export async function refuseTaken<T>(write: Promise<T>): Promise<T> {
  try {
    return await write
  } catch (error) {
    const { code, constraint } = error as { code?: string; constraint?: string }
    const field = code === '23505' ? FIELDS[constraint ?? ''] : undefined
    throw field === undefined
      ? error
      : refuse('already-exists', field, {
          zh: '刚刚被占用',
          en: 'It was taken at the same moment',
        })
  }
}
