/** Keeps the name of a unit; the newer version wins. */
export { saveUnit as noteUnit } from '../repositories/units.repository.ts'
