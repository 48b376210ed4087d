// Makes dist/ of the service: what it loads to start, in a few files. "catamaran build" runs it.
//
// Of its packages alone, Node would read a thousand files before the service listens, which takes longer than all
// the rest of its start. What is only loaded later stays a package, and so does what has native code.
import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { build, type OutputFile, type Plugin } from 'esbuild';

const native = ['@node-rs/argon2'];
const loadedLater = ['pg', '@fastify/swagger', '@fastify/swagger-ui', '@opentelemetry/*'];
/** What Fastify loads for tests, and in place of our own compilers. */
const neverLoaded = ['light-my-request', '@fastify/ajv-compiler', '@fastify/fast-json-stringify-compiler'];

/**
 * Node makes a module of one of its own ready for "import" by reading everything that it has, and that loads more: of
 * node:http a WebSocket client, for instance, which alone takes longer than an empty program. And Fastify asks for
 * what it needs for TLS, although this service has none.
 */
const builtInModules: Plugin = {
  name: 'built-in modules',
  setup({ onResolve, onLoad }) {
    const namespace = 'built-in';
    onResolve({ filter: /^node:/ }, ({ path }) => ({ path, namespace }));
    onLoad({ filter: /./, namespace }, ({ path }) => {
      const module = `process.getBuiltinModule('${path}')`;
      const isNotNeeded = path === 'node:https' || path === 'node:http2';
      const late = `new Proxy({}, { get: (_, name) => ${module}[name] })`;
      return { contents: `module.exports = ${isNotNeeded ? late : module};` };
    });
  },
};

const { outputFiles } = await build({
  entryPoints: ['src/main.ts'],
  outdir: 'dist',
  outExtension: { '.js': '.mjs' },
  bundle: true,
  // Names of files come from paths: those within the project, wherever packages really are.
  preserveSymlinks: true,
  // What is imported later is a file of its own.
  splitting: true,
  minify: true,
  format: 'esm',
  platform: 'node',
  target: 'node24',
  external: [...native, ...loadedLater, ...neverLoaded],
  // Fastify is CommonJS; in a module, there is no "require" without this.
  banner: {
    js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);",
  },
  plugins: [builtInModules],
  logLevel: 'warning',
  write: false,
});
await replaceFolder('dist', outputFiles);

/** Files that are the same already are left alone, for another build may be reading them. */
async function replaceFolder(folder: string, files: readonly OutputFile[]): Promise<void> {
  const written = `.${folder}-${process.pid}`;
  for (const path of [folder, written]) await mkdir(path, { recursive: true });
  for (const { path, contents } of files) {
    const place = join(folder, basename(path));
    if ((await readFile(place).catch(() => undefined))?.equals(contents)) continue;
    await writeFile(join(written, basename(path)), contents);
    await rename(join(written, basename(path)), place);
  }
  const names = new Set(files.map(({ path }) => basename(path)));
  for (const name of await readdir(folder)) if (!names.has(name)) await rm(join(folder, name));
  await rm(written, { recursive: true });
}
