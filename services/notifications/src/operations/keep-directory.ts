/** Keeps what changed of a project or a person; the newer version wins. */
export { savePerson as keepPerson, saveProject as keepProject } from '../repositories/directory.repository.ts'
