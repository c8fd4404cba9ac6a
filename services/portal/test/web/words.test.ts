import { readdirSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import t from 'tap'
import { en } from '../../web/src/i18n/en.ts'
import { zh } from '../../web/src/i18n/zh.ts'

const directory = resolve(import.meta.dirname, '../../web/src/i18n')

t.test('no subject takes a word of another: the one that is spread last would win silently', async (t) => {
  for (const language of ['zh', 'en']) {
    const files = readdirSync(directory).filter((name) => name === `${language}.ts` || name.endsWith(`.${language}.ts`))
    t.ok(files.length > 2)
    const places = new Map<string, string[]>()
    for (const file of files) {
      for (const [, word = ''] of readFileSync(join(directory, file), 'utf8').matchAll(/^ {2}(\w+): /gm))
        places.set(word, [...(places.get(word) ?? []), file])
    }
    t.same(
      [...places].filter(([, found]) => found.length > 1),
      [],
      language,
    )
  }
})

t.test('both languages fill the same names into a phrase', async (t) => {
  const namesIn = (phrase: string) => [...new Set(phrase.match(/\{\w+\}/g))].sort()
  for (const word of Object.keys(zh) as (keyof typeof zh)[]) t.same(namesIn(en[word]), namesIn(zh[word]), word)
})
