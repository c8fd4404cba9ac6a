import { type Actor, addDays, type Role, refuse, TOKEN_DAYS, TOKEN_MARK, type TokenAccess } from '@tiaodu/types'

const FORM = new RegExp(`^${TOKEN_MARK}[A-Za-z0-9_-]{43}$`)

/** How much of a secret is shown in lists and records; what follows has more than 200 random bits. */
export const PREFIX_LENGTH = TOKEN_MARK.length + 8

/** Whether a text has the form of an API token; that of a session is a JWT. */
export const isApiToken = (text: string): boolean => FORM.test(text)

/** The last day of a new token. @throws validation-failed for one that has passed or is too far away */
export function decideExpiry(asked: string | undefined, today: string): string {
  const latest = addDays(today, TOKEN_DAYS.most)
  const expiresOn = asked ?? addDays(today, TOKEN_DAYS.whenAbsent)
  if (expiresOn < today || expiresOn > latest)
    throw refuse('validation-failed', 'expiresOn', {
      zh: `应在今天至 ${latest} 之间`,
      en: `must be from today to ${latest}`,
    })
  return expiresOn
}

const ROLES = { read: 'integrator', keep: 'contributor' } as const satisfies Record<TokenAccess, Role>

/** Who calls with a token; its name goes into what is recorded, so that each act can be laid to its token. */
export const toActor = (token: {
  readonly name: string
  readonly prefix: string
  readonly access: TokenAccess
  readonly regionCode: string
}): Actor => ({
  personId: null,
  name: `${token.name}（接口 ${token.prefix}）`,
  role: ROLES[token.access],
  unitId: null,
  regionCode: token.regionCode,
})
