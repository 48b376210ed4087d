import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { repository } from '../support/repository.ts';
import type { Bench } from './bench.ts';

/** package.json and package-lock.json, before and after a dependency is added. */
export interface AppLocks {
  readonly before: Readonly<Record<string, string>>;
  readonly after: Readonly<Record<string, string>>;
  /** Its name. */
  readonly added: string;
}

interface Lock {
  packages: Record<
    string,
    { version?: string; integrity?: string; resolved?: string; dependencies?: Record<string, string> }
  >;
}

const added = {
  name: 'nanoid',
  version: '6.0.2',
  integrity:
    'sha512-hIvVOb9Qr1p/9CNNLOe0OlWvgx/ziTsVwKN/GDSsuArN2K0wDiafP3s0SWmsm7o2BdnyS8Z9Z64NFBUbn6ziBg==',
};

export async function readAppLocks({ run }: Bench): Promise<AppLocks> {
  const registry = (await run('npm', ['config', 'get', 'registry'])).stdout.trim();
  const folder = join(repository, 'bench', 'fixtures', 'short-links');
  const manifest = JSON.parse(await readFile(join(folder, 'package.json'), 'utf8'));
  const lock = JSON.parse(await readFile(join(folder, 'package-lock.json'), 'utf8'));
  const before = filesOf(manifest, withAddresses(lock, registry));
  const { name, ...entry } = added;
  manifest.dependencies[name] = entry.version;
  lock.packages[''].dependencies[name] = entry.version;
  lock.packages[`node_modules/${name}`] = entry;
  return { before, after: filesOf(manifest, withAddresses(lock, registry)), added: name };
}

const filesOf = (manifest: object, lock: Lock) => ({
  'package.json': JSON.stringify(manifest, undefined, 2),
  'package-lock.json': JSON.stringify(lock, undefined, 2),
});

/**
 * With the addresses that our own lockfiles do without and nearly all others have: npm looks into its cache only when
 * it knows them, and would else ask the registry about every package.
 */
function withAddresses(lock: Lock, registry: string): Lock {
  const packages = Object.entries(lock.packages).map(([location, entry]) => {
    const name = location.split('node_modules/').at(-1) ?? '';
    if (!entry.integrity) return [location, entry];
    const file = `${name.split('/').at(-1)}-${entry.version}.tgz`;
    return [location, { ...entry, resolved: new URL(`${name}/-/${file}`, registry).href }];
  });
  return { ...lock, packages: Object.fromEntries(packages) };
}
