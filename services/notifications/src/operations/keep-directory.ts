/** Keeps what changed of a project, a unit or a person; the newer version wins. */
export { savePerson as keepPerson, saveProject as keepProject } from '../repositories/directory.repository.ts'
export { saveUnit as keepUnit } from '../repositories/units.repository.ts'
