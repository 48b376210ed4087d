import { defineConfig } from 'catamaran/config';

export default defineConfig({
  name: 'bookstore',
  app: { entry: 'dist/main.mjs', build: 'node bundle.ts', files: ['dist'], typecheck: true },
  port: 3000,
  env: { SEED: '30' },
  run: { healthPath: '/healthz', load: 'load.yml' },
});
