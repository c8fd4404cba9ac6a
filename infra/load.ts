import { runServiceCommand } from './local/service-command.ts'

/** Loads a CSV file into the project library. */
process.exitCode = await runServiceCommand('projects', 'load', process.argv.slice(2))
