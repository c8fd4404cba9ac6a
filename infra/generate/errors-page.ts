import { ERRORS } from '@tiaodu/types'

const HEAD = `# Errors

Every refusal is an RFC 9457 problem document (\`application/problem+json\`). \`code\` is one of the codes below, \`title\` comes in
the language of \`Accept-Language\` (Chinese unless it prefers English), \`errors\` names each refused field, \`instance\` is the id of
the request as it stands in the log. This page is generated from the registry in \`packages/types/src/errors.ts\`.

| code | status | 中文 | English |
|---|---|---|---|
`

/** docs/errors.md, from the registry. */
export const errorsPage = (): string =>
  HEAD +
  Object.entries(ERRORS)
    .map(([code, { status, zh, en }]) => `| <a id="${code}"></a>\`${code}\` | ${status} | ${zh} | ${en} |\n`)
    .join('')
