import { execFile } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** What is installed from the registry, by the names that tests know them by, and the program in each. */
const bunPackage = `@oven/bun-linux-${process.arch === 'arm64' ? 'aarch64' : 'x64'}`;
const managers = {
  pnpm9: { spec: 'pnpm@9.15.9', command: 'pnpm', program: 'bin/pnpm.cjs' },
  pnpm10: { spec: 'pnpm@10.34.9', command: 'pnpm', program: 'bin/pnpm.cjs' },
  pnpm12: { spec: 'pnpm@12.21.0', command: 'pnpm', program: 'pnpm' },
  yarn1: { spec: 'yarn@1.22.22', command: 'yarn', program: 'bin/yarn.js' },
  yarn3: { spec: '@yarnpkg/cli-dist@3.8.7', command: 'yarn', program: 'bin/yarn.js' },
  yarn4: { spec: '@yarnpkg/cli-dist@4.18.1', command: 'yarn', program: 'bin/yarn.js' },
  corepack: { spec: 'corepack@0.36.0', command: 'corepack', program: 'dist/corepack.js' },
  bun: { spec: `${bunPackage}@1.4.5`, command: 'bun', program: 'bin/bun' },
} as const;
export type ManagerUnderTest = keyof typeof managers;

/** Kept between runs, as it is 200 MB: beside what else of this checkout is installed. */
const cache = join(import.meta.dirname, '../../../node_modules/.cache/package-managers-2');

/**
 * Installs the package managers, unless an earlier test has. None of their own install scripts is run.
 * @returns the PATH on which each is found
 */
export async function installManagers(): Promise<(name: ManagerUnderTest) => string> {
  if (!existsSync(cache)) {
    const making = `${cache}.${process.pid}`;
    mkdirSync(making, { recursive: true });
    writeFileSync(join(making, 'package.json'), '{"private":true}');
    const specs = Object.entries(managers).map(([name, { spec }]) => `${name}@npm:${spec}`);
    const args = ['install', '--prefix', making, '--ignore-scripts', '--no-audit', '--no-fund', ...specs];
    await run('npm', args, { cwd: making });
    for (const [name, { command, program }] of Object.entries(managers)) {
      const target = `../../node_modules/${name}/${program}`;
      mkdirSync(join(making, 'bin', name), { recursive: true });
      symlinkSync(target, join(making, 'bin', name, command));
      chmodSync(join(making, 'bin', name, command), 0o755);
    }
    keep(making);
  }
  return (name) => [join(cache, 'bin', name), process.env.PATH].join(delimiter);
}

/** Another test may have been faster. */
function keep(making: string): void {
  try {
    renameSync(making, cache);
  } catch (error) {
    rmSync(making, { recursive: true, force: true });
    if (!existsSync(cache)) throw error;
  }
}

/** The environment of a person who has one package manager, an empty home, and the registry of this machine. */
export async function managerEnvironment(
  path: string,
  home: string,
): Promise<Record<string, string | undefined>> {
  const { stdout } = await run('npm', ['config', 'get', 'registry']);
  const registry = stdout.trim();
  return {
    ...process.env,
    PATH: path,
    HOME: home,
    XDG_DATA_HOME: join(home, 'data'),
    XDG_CACHE_HOME: join(home, 'cache'),
    npm_config_registry: registry,
    YARN_NPM_REGISTRY_SERVER: registry.replace(/\/$/, ''),
    BUN_CONFIG_REGISTRY: registry,
    CI: undefined,
  };
}
