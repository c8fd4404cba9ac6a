import vue from '@vitejs/plugin-vue'
import { ElementPlusResolver } from 'unplugin-vue-components/resolvers'
import components from 'unplugin-vue-components/vite'
import { defaultClientConditions, defineConfig } from 'vite'
import { compressAssets } from './compress-assets.ts'
import { contractsOnly } from './contracts-only.ts'

/** `npm run dev` beside a running portal: the page from source, the API from the portal. */
const API = process.env.PORTAL_URL ?? 'http://localhost:8080'

export default defineConfig({
  root: import.meta.dirname,
  plugins: [
    contractsOnly(),
    vue(),
    components({ dts: false, dirs: [], resolvers: [ElementPlusResolver()] }),
    compressAssets(),
  ],
  resolve: { conditions: ['@tiaodu/source', ...defaultClientConditions] },
  build: { outDir: 'dist', emptyOutDir: true, target: 'es2022', reportCompressedSize: false },
  server: { proxy: { '/api': API } },
})
