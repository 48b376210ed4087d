import { defineConfig } from 'catamaran/config';

export default defineConfig({
  name: 'primes',
  // The threads of the pool are no part of the bundle; Node runs their TypeScript as it is.
  app: { entry: 'src/main.ts', assets: ['src/sieve/{worker,count-primes,count-primes-fast}.ts'] },
  port: 3000,
  run: { healthPath: '/healthz', load: 'load.yml' },
});
