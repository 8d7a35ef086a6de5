import { defineConfig } from 'vite'

export default defineConfig({ build: { target: 'es2022', chunkSizeWarningLimit: 700, rolldownOptions: { input: ['index.html', 'element.html'].map((name) => `${import.meta.dirname}/${name}`) } } })
