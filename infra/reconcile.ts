import { runServiceCommand } from './local/service-command.ts'

/** Proves that every roll-up equals the sum of its approved reports. */
process.exitCode = await runServiceCommand('investment', 'reconcile', process.argv.slice(2))
