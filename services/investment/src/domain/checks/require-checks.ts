import { CHECKS, type Explanation, type Fault, type Finding, ProblemError } from '@tiaodu/types'

const toFault = ({ field, zh, en }: Finding): Fault => ({ field, reason: { zh, en } })

/** Refuses what is found and blocks. @throws exceeds-total-investment */
export function requireUnblocked(findings: readonly Finding[]): void {
  const [first, ...others] = findings.filter(({ severity }) => severity === 'block')
  if (first !== undefined) throw new ProblemError('exceeds-total-investment', first, [first, ...others].map(toFault))
}

/** Refuses what is found, warns and has no sentence of the filer yet. @throws explanation-needed */
export function requireExplained(findings: readonly Finding[], explanations: readonly Explanation[]): void {
  const missing = findings.filter(
    ({ code, severity }) => severity === 'warn' && !explanations.some((given) => given.code === code),
  )
  if (missing.length === 0) return
  const detail = {
    zh: `请逐项说明：${missing.map(({ code }) => CHECKS[code].zh).join('、')}`,
    en: `A sentence is needed on: ${missing.map(({ code }) => CHECKS[code].en).join(', ')}`,
  }
  const faults = missing.map((finding) => ({ ...toFault(finding), field: `explanations.${finding.code}` }))
  throw new ProblemError('explanation-needed', detail, faults)
}
