import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import fastifyStatic from '@fastify/static'
import type { FastifyInstance, FastifyReply } from 'fastify'

const NOT_BUILT = `<!doctype html><html lang="zh-CN"><meta charset="utf-8"><title>Tiaodu 调度</title>
<body style="font-family:sans-serif;max-width:40rem;margin:4rem auto;padding:0 1rem">
<h1>页面尚未构建 The page is not built yet</h1>
<p>请运行 <code>npm run build</code> 后刷新本页；接口可以照常使用。</p>
<p>Run <code>npm run build</code> and reload; the API works meanwhile: <a href="/api/docs">/api/docs</a>.</p>`

const YEAR_SECONDS = 31_536_000

/** Where the built page is, and whether it says where the demo accounts are. */
export interface PageOptions {
  readonly directory: string
  readonly isDemo: boolean
}

async function sendPage(reply: FastifyReply, { directory, isDemo }: PageOptions): Promise<FastifyReply> {
  const page = join(directory, 'index.html')
  reply.type('text/html; charset=utf-8').header('cache-control', 'no-cache')
  if (!existsSync(page)) return reply.code(503).send(NOT_BUILT)
  const html = await readFile(page, 'utf8')
  return reply.send(html.replace('<html ', `<html data-demo="${isDemo}" `))
}

/** The built page: hashed assets for ever, and one document for every address that is not of the API. */
export async function mountPage(app: FastifyInstance, options: PageOptions): Promise<void> {
  const assets = join(options.directory, 'assets')
  if (existsSync(assets)) {
    await app.register(fastifyStatic, {
      root: assets,
      prefix: '/assets/',
      preCompressed: true,
      immutable: true,
      maxAge: YEAR_SECONDS * 1_000,
      index: false,
    })
  }
  app.get('/*', async (request, reply) => {
    const [path = ''] = request.url.split('?')
    const isPage = !/^\/(api|assets)(\/|$)/.test(path) && !/\.\w+$/.test(path)
    return isPage ? sendPage(reply, options) : reply.callNotFound()
  })
}
