// Makes of the workspaces one package as users get it: the program's own code, and the small libraries that nearly
// every command needs, in a few files that load quickly; all other dependencies stay packages.
// usage: node --conditions=source scripts/pack-program.ts [FOLDER]
import { cp, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { build } from 'esbuild';

const repository = join(import.meta.dirname, '..');
const program = join(repository, 'packages', 'cli');
const target = resolve(process.argv[2] ?? join(repository, 'packed'));

/** Libraries whose loading, file by file, is a good part of a short command. */
const packed = ['commander', 'zod', 'p-retry', 'is-network-error', 'p-map', 'undici', 'yaml'];

interface Manifest {
  readonly name: string;
  readonly version: string;
  readonly dependencies?: Readonly<Record<string, string>>;
}

async function manifestOf(folder: string): Promise<Manifest> {
  return JSON.parse(await readFile(join(folder, 'package.json'), 'utf8')) as Manifest;
}

/** What the program and its workspaces depend on, without the workspaces. */
async function allDependencies(
  folder: string,
  found = new Map<string, string>(),
): Promise<Map<string, string>> {
  for (const [name, version] of Object.entries((await manifestOf(folder)).dependencies ?? {})) {
    const [, workspace] = /^@catamaran\/(.+)$/.exec(name) ?? [];
    if (workspace) await allDependencies(join(repository, 'packages', workspace), found);
    else found.set(name, version);
  }
  return found;
}

const dependencies = await allDependencies(program);
const external = [...dependencies.keys()].filter((name) => !packed.includes(name));
const dist = join(target, 'dist');
await rm(target, { recursive: true, force: true });
await mkdir(dist, { recursive: true });
await build({
  absWorkingDir: repository,
  entryPoints: {
    main: 'packages/cli/src/main.ts',
    config: 'packages/cli/src/config.ts',
    'repeat/repeat-build': 'packages/cli/src/repeat/repeat-build.ts',
    'worker/main': 'packages/load/src/worker/main.ts',
  },
  outdir: dist,
  // Files that look for others beside them look from a folder below "dist", as they do from a folder below "src".
  chunkNames: 'lib/[name]-[hash]',
  splitting: true,
  bundle: true,
  minifySyntax: true,
  platform: 'node',
  target: 'node24.15',
  format: 'esm',
  conditions: ['source'],
  external: external.flatMap((name) => [name, `${name}/*`]),
  // CommonJS libraries among those that are packed.
  banner: {
    js: "import { createRequire as __createRequire } from 'node:module';\nconst require = __createRequire(import.meta.url);",
  },
  logLevel: 'warning',
});
const manifest = await manifestOf(program);
const { version } = manifest;
await writeFile(join(dist, 'package.json'), `${JSON.stringify({ type: 'module', version })}\n`);
await cp(join(program, 'bin'), join(target, 'bin'), { recursive: true });
for (const name of ['LICENSE', 'README.md']) await cp(join(repository, name), join(target, name));
const own = {
  ...manifest,
  dependencies: Object.fromEntries(external.sort().map((name) => [name, dependencies.get(name)])),
};
await writeFile(join(target, 'package.json'), `${JSON.stringify(own, undefined, 2)}\n`);
