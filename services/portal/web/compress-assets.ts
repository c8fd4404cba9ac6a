import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { brotliCompressSync, gzipSync } from 'node:zlib'
import type { Plugin } from 'vite'

const MIN_BYTES = 1_024

/** Writes .br and .gz beside each asset, so that the portal only picks one. */
export function compressAssets(): Plugin {
  let directory = ''
  return {
    name: 'tiaodu-compress-assets',
    apply: 'build',
    writeBundle(options) {
      directory = join(options.dir ?? '', 'assets')
    },
    closeBundle() {
      for (const name of directory === '' ? [] : readdirSync(directory)) {
        const file = join(directory, name)
        const content = /\.(js|css|svg)$/.test(name) ? readFileSync(file) : Buffer.alloc(0)
        if (content.length < MIN_BYTES) continue
        writeFileSync(`${file}.br`, brotliCompressSync(content))
        writeFileSync(`${file}.gz`, gzipSync(content))
      }
    },
  }
}
