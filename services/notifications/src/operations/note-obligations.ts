/** Keeps obligations that were issued. */
export { saveObligations as noteObligations } from '../repositories/obligations.repository.ts'
