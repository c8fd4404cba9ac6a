import { access, mkdir, readFile, symlink } from 'node:fs/promises'
import { basename, dirname, join, relative } from 'node:path'

type Link = { source: string; target: string }

/**
 * npm packages cannot hold symbolic links, so the package lists them in pg-symlinks.json and makes them in its postinstall script, which
 * npm may have been told not to run. Makes the missing ones, in the package if it can be written to, otherwise in `fallback`.
 * @returns the folder to put on the loader's path, or undefined when the package is complete
 */
export async function linkLibraries(native: string, fallback: string): Promise<string | undefined> {
  const manifest = await readFile(join(native, 'pg-symlinks.json'), 'utf8').catch(() => '[]')
  let loaderPath: string | undefined
  for (const link of JSON.parse(manifest) as Link[]) {
    const source = join(native, '..', link.source)
    const target = join(native, '..', link.target)
    if (await exists(target)) continue
    if (await tryLink(relative(dirname(target), source), target)) continue
    await mkdir(fallback, { recursive: true })
    if (!(await tryLink(source, join(fallback, basename(target))))) {
      throw new Error(
        `Cannot link ${target}, nor in ${fallback}: run the postinstall script of the package at ${native}`,
      )
    }
    loaderPath = fallback
  }
  return loaderPath
}

async function tryLink(source: string, target: string): Promise<boolean> {
  try {
    await symlink(source, target)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EEXIST' && (await exists(target))
  }
}

function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  )
}
