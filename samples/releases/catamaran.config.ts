import { defineConfig } from 'catamaran/config';

export default defineConfig({
  name: 'releases',
  app: { entry: 'src/main.ts' },
  port: 3000,
  run: { healthPath: '/healthz', load: 'load.yml' },
});
