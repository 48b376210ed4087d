import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { file, platforms } from '@catamaran/oci';
import { startArchive, throwAwayKey } from '../../packages/build/testing/debian-archive.ts';
import { packTarball, startRegistry } from '../../packages/build/testing/npm-registry.ts';
import { helloProgram } from '../../packages/oci/src/testing/hello-program.ts';
import { config, fixtureProject } from './fixture-project.ts';
import { type ProgramOptions, type ProgramResult, runCatamaran } from './run-catamaran.ts';

/** What the image of a local project says when it is run. */
export const greeting = 'Ship ahoy!\n';

/**
 * A project whose base, runtime and packages come from servers on loopback, so that it builds in no time, from
 * nothing, and as often as a test likes. What stands for Node.js in it is a program that says `greeting`.
 */
export interface LocalProject extends AsyncDisposable {
  readonly folder: string;
  /** `XDG_CACHE_HOME` is `cacheHome`; npm's cache and the home folder are this project's own as well. */
  readonly env: Readonly<Record<string, string>>;
  readonly cacheHome: string;
  write(path: string, text: string): Promise<void>;
  remove(path: string): Promise<void>;
  /** The text of its configuration, with some more lines. */
  config(more?: string): string;
  run(args: readonly string[], options?: Partial<ProgramOptions>): Promise<ProgramResult>;
  /** @returns what is on stdout */
  succeed(...args: readonly string[]): Promise<string>;
}

/** @param tarballs of more packages that the registry has, in version 1.0.0 */
export async function localProject(
  tarballs: Readonly<Record<string, Uint8Array>> = {},
): Promise<LocalProject> {
  await using made = new AsyncDisposableStack();
  const home = await mkdtemp(join(tmpdir(), 'catamaran-local-'));
  made.defer(() => rm(home, { recursive: true, force: true, maxRetries: 3 }));
  const project = made.use(await fixtureProject());
  const key = await throwAwayKey('Local');
  const packages = [{ name: 'base-files', version: '1', content: 'base' }];
  const archive = made.use(await startArchive({ packages, key }));
  const registry = made.use(await startRegistry({ ...(await runtimes()), ...tarballs }));
  const { uri, suites } = archive.source;
  const base = { packages: ['base-files'], sources: [{ uri, suites, signedBy: key.armoredPublicKey }] };
  const configText = (more = '') => config(`base: ${JSON.stringify(base)},\n${more}`);
  await project.write('catamaran.config.ts', configText());
  // The compiler would take longer than all the rest.
  await project.remove('tsconfig.json');
  const cacheHome = join(home, 'cache');
  const env = {
    HOME: home,
    XDG_CACHE_HOME: cacheHome,
    npm_config_registry: registry.url,
    npm_config_cache: join(home, 'npm'),
  };
  const run: LocalProject['run'] = (args, options = {}) =>
    runCatamaran(args, { cwd: project.folder, ...options, env: { ...env, ...options.env } });
  const { folder, write, remove } = project;
  const whole = made.move();
  return {
    ...{ folder, env, cacheHome, write, remove, run },
    config: configText,
    async succeed(...args) {
      const { exitCode, stdout, stderr } = await run(args);
      if (exitCode !== 0) throw new Error(`catamaran ${args.join(' ')} ended with ${exitCode}:\n${stderr}`);
      return stdout;
    },
    [Symbol.asyncDispose]: () => whole.disposeAsync(),
  };
}

async function runtimes(): Promise<Record<string, Uint8Array>> {
  const packed = platforms.map(async ({ architecture }) => {
    const program = file('package/bin/node', helloProgram(architecture, greeting), 0o755);
    const name = `node-linux-${architecture === 'amd64' ? 'x64' : architecture}`;
    return [name, await packTarball([program])] as const;
  });
  return Object.fromEntries(await Promise.all(packed));
}
