// Makes dist/ of the service: what it loads to start, in a few files. "catamaran build" runs it.
//
// Of its packages alone, Node would read a thousand files before the service listens, which takes longer than all
// the rest of its start. What is only loaded later stays a package, and so does what has native code.
import { rm } from 'node:fs/promises';
import { build } from 'esbuild';

// Files of an earlier time, of other names, would be in the image, too.
await rm('dist', { recursive: true, force: true });

await build({
  entryPoints: ['src/main.ts'],
  outdir: 'dist',
  outExtension: { '.js': '.mjs' },
  bundle: true,
  // What is imported later is a file of its own.
  splitting: true,
  minify: true,
  keepNames: true,
  format: 'esm',
  platform: 'node',
  target: 'node24',
  external: ['@node-rs/argon2', 'pg', '@fastify/swagger', '@fastify/swagger-ui', '@opentelemetry/*'],
  // Fastify is CommonJS; in a module, there is no "require" without this.
  banner: {
    js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);",
  },
  logLevel: 'warning',
});
