import react from '@vitejs/plugin-react';
import { defineConfig, type Plugin } from 'vite';

/** GraphiQL's stylesheet carries two families of letters as `data:` addresses, which the policy refuses and nobody needs. */
const withoutFonts = (): Plugin => ({
  name: 'graphiql-without-fonts',
  enforce: 'pre',
  transform: {
    filter: { id: /graphiql[\\/]dist[\\/]style\.css$/ },
    handler: (code) => code.replace(/@font-face\s*\{[^}]*\}/g, ''),
  },
});

/**
 * GraphiQL for the public schema, which the server shows at `/graphiql`.
 *
 * A build of its own, into the same folder: it shares libraries with the admin (React, floating-ui), and in one build
 * sharing would move them, so that whoever opens the one loads parts of the other.
 */
export default defineConfig({
  base: '/admin/',
  plugins: [react(), withoutFonts()],
  publicDir: false,
  build: {
    outDir: 'dist.new',
    emptyOutDir: false,
    manifest: '.vite/graphiql.json',
    target: 'es2023',
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 1500,
    rolldownOptions: {
      input: 'graphiql.html',
      // Nothing of it comes later: CodeMirror in two dozen small files would only be two dozen requests.
      output: { codeSplitting: false },
      // Directives for the React compiler, which has run already.
      checks: { moduleLevelDirective: false },
    },
  },
});
