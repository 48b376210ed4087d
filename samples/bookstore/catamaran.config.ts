import { defineConfig } from 'catamaran/config';

export default defineConfig({
  name: 'bookstore',
  app: { entry: 'src/main.ts' },
  port: 3000,
  env: { SEED: '30' },
  run: { healthPath: '/healthz', load: 'load.yml' },
});
