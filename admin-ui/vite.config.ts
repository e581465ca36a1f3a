import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vitest/config';

const server = process.env['HILLSIDE_DEV_SERVER'] ?? 'http://127.0.0.1:8000';

export default defineConfig({
  base: '/admin/',
  plugins: [react()],
  resolve: { alias: { '~': fileURLToPath(new URL('./src', import.meta.url)) } },
  server: {
    host: '127.0.0.1',
    proxy: {
      '/admin/graphql': { target: server, ws: true },
      '/media': server,
      // A screen of the admin; what is sent to its address is a picture.
      '/admin/media': { target: server, bypass: ({ method, url }) => (method === 'POST' ? undefined : url) },
    },
  },
  build: {
    // Written beside `dist`; scripts/finish.mjs renames it, so the binary never embeds half a build.
    outDir: 'dist.new',
    emptyOutDir: true,
    manifest: true,
    target: 'es2023',
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 800,
    rolldownOptions: {
      output: {
        codeSplitting: {
          groups: [
            { name: 'react', test: /node_modules[\\/](react|react-dom|scheduler)[\\/]/, priority: 30 },
            {
              name: 'data',
              test: /node_modules[\\/](@tanstack[\\/](?!react-virtual|virtual-core)|@urql|urql|wonka|graphql|@0no-co|gql\.tada)[\\/]/,
              priority: 20,
            },
            {
              name: 'ui',
              test: /node_modules[\\/](@mantine|@floating-ui|@tabler)[\\/]/,
              minShareCount: 26,
              priority: 10,
            },
          ],
        },
      },
    },
  },
  test: {
    environment: 'jsdom',
    include: ['src/**/*.test.{ts,tsx}'],
    setupFiles: ['src/test-setup.ts'],
    css: false,
  },
});
