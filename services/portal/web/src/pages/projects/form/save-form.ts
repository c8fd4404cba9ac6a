import type { NewProject, Project } from '@tiaodu/types'
import { api } from '../../../api.ts'
import { type Fault, toFields, toPatch } from './project-fields.ts'
import type { ProjectForm } from './project-form.ts'

/** The project that was saved, or what cannot be sent as it is, by path. */
export type Saving = { readonly id: string } | { readonly faults: Record<string, Fault> }

/** Registers a project, or changes what differs from the one that was read. */
export async function saveForm(before: Project | undefined, form: ProjectForm): Promise<Saving> {
  const { fields, faults } = toFields(form)
  if (Object.keys(faults).length > 0) return { faults }
  if (before === undefined) {
    return await api().createProject({ body: { ...fields, stage: form.stage as NewProject['stage'] } })
  }
  const body = toPatch(before, fields, form.reason)
  if (body === undefined) return before
  return await api().updateProject({ params: { id: before.id }, body, ifMatch: before.version })
}
