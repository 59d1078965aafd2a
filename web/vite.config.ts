import tailwindcss from '@tailwindcss/vite';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

const gateway = 'http://localhost:4000';

export default defineConfig({
  plugins: [react(), tailwindcss()],
  server: {
    proxy: {
      '/graphql': { target: gateway, ws: true },
      '/v1': { target: gateway },
      '/auth': { target: gateway },
    },
  },
  worker: { format: 'es' },
  // For development: `?worker` imports are left to Vite, what workers import is made ESM for them.
  optimizeDeps: {
    exclude: ['graphiql/setup-workers/vite', '@graphiql/react/setup-workers/vite'],
    include: ['graphql-language-service', 'picomatch-browser'].map(
      (name) => `graphiql > @graphiql/react > monaco-graphql > ${name}`,
    ),
  },
  build: {
    target: 'es2022',
    // Monaco, the explorer's editor, is large and loads on its own page only.
    chunkSizeWarningLimit: 4000,
    rolldownOptions: {
      onwarn(warning, warn) {
        // GraphiQL's files address React's compiler, which is not run here.
        if (warning.code !== 'MODULE_LEVEL_DIRECTIVE') warn(warning);
      },
    },
  },
});
