import { spawnSync } from 'node:child_process'

/** Builds what has changed since the last time. @throws when it does not build */
export function build(root: string): void {
  const { status, stdout } = spawnSync('npx', ['turbo', 'run', 'build', '--output-logs=errors-only'], {
    cwd: root,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { ...process.env, TURBO_TELEMETRY_DISABLED: '1', TURBO_NO_UPDATE_NOTIFIER: '1' },
    shell: process.platform === 'win32',
  })
  if (status !== 0) throw new Error(`The build failed:\n${stdout}`)
}
