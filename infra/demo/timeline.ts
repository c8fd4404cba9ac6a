import { toShanghaiText } from './periods.ts'

/** The demo's story on the terminal, in Beijing time. */
export interface Timeline {
  moment(instant: Date, title: string): void
  line(text: string): void
  text(instant: string): string
}

export const ROLE_NAMES: Readonly<Record<string, string>> = {
  filer: '填报人',
  head: '单位负责人',
  reviewer: '审核人',
  leader: '责任领导',
  supervisor: '督查室',
  operator: '系统管理员',
}

export const createTimeline = (say: (line: string) => void): Timeline => ({
  moment: (instant, title) => say(`\n${toShanghaiText(instant)}  ${title}`),
  line: (text) => say(`                  ${text}`),
  text: toShanghaiText,
})
