import type { Framework } from './framework.ts';

/** One workspace of several, which imports another's source; that one has a dependency with native code. */
export const monorepo: Framework = {
  name: 'monorepo',
  folder: 'apps/api',
  files: {
    'package.json': { name: 'shop', private: true, workspaces: ['apps/*', 'libs/*'] },
    'libs/sums/package.json': {
      name: '@shop/sums',
      version: '1.0.0',
      type: 'module',
      exports: './src/sum.ts',
      dependencies: { '@node-rs/crc32': '1.10.8' },
    },
    'libs/sums/src/sum.ts': `
      import { crc32 } from '@node-rs/crc32';
      export function sum(text: string): string { return crc32(text).toString(16); }
    `,
    'apps/api/package.json': {
      name: '@shop/api',
      private: true,
      type: 'module',
      dependencies: { '@shop/sums': '1.0.0' },
    },
    'apps/api/src/main.ts': `
      import { createServer } from 'node:http';
      import { sum } from '@shop/sums';
      createServer((request, response) => response.end(sum('monorepo') + ' on ' + process.arch)).listen(
        Number(process.env.PORT),
        '0.0.0.0',
      );
    `,
    'apps/other/package.json': { name: '@shop/other', private: true, dependencies: { express: '5.3.0' } },
  },
  config: { app: { entry: 'src/main.ts' }, port: 3000 },
  request: { path: '/', answer: '7b6bc5a on {arch}' },
};
