import { useQueryClient } from '@tanstack/vue-query'
import { ClientProblem } from '@tiaodu/client'
import type { Report, ReturnReason } from '@tiaodu/types'
import { ElMessage } from 'element-plus'
import 'element-plus/theme-chalk/el-message.css'
import { reactive, ref } from 'vue'
import { api, messageOf, newKey } from '../../api.ts'
import { t } from '../../i18n/index.ts'
import { refreshAround } from '../../queries/reports.ts'
import { refusalsOf } from './queue.ts'

/** Approving and returning, one or many; of many either all or none, and each that stands in the way says why. */
export function useDecisions() {
  const queries = useQueryClient()
  const isBusy = ref(false)
  const fault = ref('')
  /** Why a report of many was refused, by project. */
  const refusals = ref<Record<string, string>>({})

  async function run(act: () => Promise<string>, asked: readonly Report[]): Promise<boolean> {
    isBusy.value = true
    fault.value = ''
    refusals.value = {}
    try {
      ElMessage.success(await act())
      return true
    } catch (error) {
      refusals.value = error instanceof ClientProblem ? refusalsOf(error.fields, asked) : {}
      fault.value = messageOf(error)
      return false
    } finally {
      isBusy.value = false
      await refreshAround(queries)
    }
  }

  const requestOf = ({ projectId: id, period, version }: Report) => ({ params: { id, period }, ifMatch: version })
  const many = (asked: readonly Report[]) => ({
    headers: { 'idempotency-key': newKey() },
    body: {
      period: asked[0]?.period ?? '',
      reports: asked.map(({ projectId, version }) => ({ projectId, version })),
    },
  })
  const approve = (report: Report) =>
    run(async () => {
      const { awaits } = await api().approveReport(requestOf(report))
      return awaits === null ? t('approvedToast', { name: report.projectName }) : t('passedTo', { level: awaits.name })
    }, [])
  const giveBack = (report: Report, reasons: ReturnReason[]) =>
    run(async () => {
      await api().returnReport({ ...requestOf(report), body: { reasons } })
      return t('returnedToast', { name: report.projectName })
    }, [])
  const approveMany = (asked: readonly Report[]) =>
    run(async () => {
      const { reports } = await api().approveReports(many(asked))
      return t('approvedMany', { count: reports.length })
    }, asked)
  const giveBackMany = (asked: readonly Report[], reasons: ReturnReason[]) =>
    run(async () => {
      const { headers, body } = many(asked)
      const { reports } = await api().returnReports({ headers, body: { ...body, reasons } })
      return t('returnedMany', { count: reports.length })
    }, asked)
  return reactive({ isBusy, fault, refusals, approve, giveBack, approveMany, giveBackMany })
}
