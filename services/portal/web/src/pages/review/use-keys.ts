import { onBeforeUnmount, onMounted } from 'vue'

const TYPED = 'input:not([type=checkbox]), textarea, select, [contenteditable]'

/** Single keys that do something, unless somebody is typing or a dialog is open. */
export function useKeys(keys: Readonly<Record<string, () => void>>): void {
  const press = (event: KeyboardEvent) => {
    const isElsewhere =
      (event.target as Element).closest(TYPED) !== null || document.querySelector('.el-overlay-dialog')
    if (event.ctrlKey || event.metaKey || event.altKey || isElsewhere) return
    const act = keys[event.key]
    if (act === undefined) return
    event.preventDefault()
    act()
  }
  onMounted(() => document.addEventListener('keydown', press))
  onBeforeUnmount(() => document.removeEventListener('keydown', press))
}
