import { VueQueryPlugin } from '@tanstack/vue-query'
import { createApp } from 'vue'
import App from './App.vue'
import { queryClient } from './queries/query-client.ts'
import { router } from './router.ts'
import './styles.css'

createApp(App).use(router).use(VueQueryPlugin, { queryClient }).mount('#app')
