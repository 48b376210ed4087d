import type { Framework } from './framework.ts';

/** TypeScript, bundled, with paths of its tsconfig.json and a text beside a source file. */
export const hono: Framework = {
  name: 'hono',
  files: {
    'package.json': {
      name: 'hono-app',
      private: true,
      type: 'module',
      dependencies: { '@hono/node-server': '2.1.9', hono: '4.13.19' },
    },
    'tsconfig.json': {
      compilerOptions: {
        module: 'esnext',
        jsx: 'react-jsx',
        jsxImportSource: 'hono/jsx',
        paths: { '@/*': ['./src/*'] },
      },
    },
    'src/main.tsx': `
      import { serve } from '@hono/node-server';
      import { Hono } from 'hono';
      import { greeting } from '@/texts/greeting';
      const app = new Hono();
      app.get('/hello', (context) => context.html(<p>{greeting()} on {process.arch}</p>));
      serve({ fetch: app.fetch, port: Number(process.env.PORT), hostname: '0.0.0.0' });
    `,
    'src/texts/greeting.ts': `
      import { readFileSync } from 'node:fs';
      export function greeting(): string {
        return readFileSync(new URL('./greeting.txt', import.meta.url), 'utf8').trim();
      }
    `,
    'src/texts/greeting.txt': 'Hono\n',
  },
  config: { app: { entry: 'src/main.tsx', assets: ['src/**/*.txt'] }, port: 3000 },
  request: { path: '/hello', answer: '<p>Hono on {arch}</p>' },
};
