/** How long orders may take, as it is now. */
export { getOrderRule as readOrderRule } from '../repositories/order-rules.repository.ts'
