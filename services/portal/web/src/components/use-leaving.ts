import { ElMessageBox } from 'element-plus'
import 'element-plus/theme-chalk/el-message-box.css'
import 'element-plus/theme-chalk/el-overlay.css'
import { onBeforeUnmount, onMounted, type Ref } from 'vue'
import { onBeforeRouteLeave, onBeforeRouteUpdate } from 'vue-router'
import { t } from '../i18n/index.ts'

/** Asks before what was typed is lost: by a link, by going back, by closing the window; `settle` may save it first. */
export function useLeaving(isDirty: Readonly<Ref<boolean>>, settle = async (): Promise<unknown> => null): void {
  const mayLeave = async () => {
    await settle()
    if (!isDirty.value) return true
    return await ElMessageBox.confirm(t('unsavedWhy'), t('unsaved'), {
      confirmButtonText: t('leaveUnsaved'),
      cancelButtonText: t('stay'),
      type: 'warning',
    }).then(
      () => true,
      () => false,
    )
  }
  onBeforeRouteLeave(mayLeave)
  onBeforeRouteUpdate(mayLeave)
  const ask = (event: BeforeUnloadEvent) => {
    if (isDirty.value) event.preventDefault()
  }
  onMounted(() => window.addEventListener('beforeunload', ask))
  onBeforeUnmount(() => window.removeEventListener('beforeunload', ask))
}
