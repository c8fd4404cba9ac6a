import { type MessageKind, type PersonalChannel, type PersonRole, refuse, type Words } from '@tiaodu/types'

interface Duty {
  readonly roles: readonly PersonRole[]
  readonly because: Words
}

const EVERYBODY: readonly PersonRole[] = ['filer', 'head', 'reviewer', 'leader', 'supervisor', 'operator']

/** What the founding documents or the role make compulsory. */
const DUTIES: Partial<Record<MessageKind, Duty>> = {
  overdue: {
    roles: EVERYBODY,
    because: {
      zh: '情况报告制度：逾期未报须知悉',
      en: 'The reporting rules: who answers for a missing report must know',
    },
  },
  returned: {
    roles: ['filer', 'head'],
    because: { zh: '填报职责：被退回的月报须重新上报', en: 'Who files must know what was returned' },
  },
  order: {
    roles: EVERYBODY,
    because: { zh: '督查制度：督办事项须签收办理', en: 'The supervision rules: orders must be signed for' },
  },
  contactMissing: {
    roles: ['operator'],
    because: { zh: '系统管理职责：缺少联系人须补齐', en: 'Who operates the system must know of missing contacts' },
  },
}

/** Which duty makes a kind of message compulsory for a role; null when none does. */
export function toDuty(kind: MessageKind, role: PersonRole): Words | null {
  const duty = DUTIES[kind]
  return duty?.roles.includes(role) ? duty.because : null
}

/** What is compulsory keeps a channel. @throws compulsory-notice naming `channels` */
export function assertNotSwitchedOff(kind: MessageKind, role: PersonRole, channels: readonly PersonalChannel[]): void {
  const duty = toDuty(kind, role)
  if (duty !== null && channels.length === 0) throw refuse('compulsory-notice', 'channels', duty)
}
