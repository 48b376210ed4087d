import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Bench } from '../support/bench.ts';
import { type Lockfile, registryOf, withAddresses } from '../support/lockfile.ts';
import { fixtures } from '../support/repository.ts';

/** package.json and package-lock.json, before and after a dependency is added. */
export interface AppLocks {
  readonly before: Readonly<Record<string, string>>;
  readonly after: Readonly<Record<string, string>>;
  /** Its name. */
  readonly added: string;
}

const added = {
  name: 'nanoid',
  version: '6.0.2',
  integrity:
    'sha512-hIvVOb9Qr1p/9CNNLOe0OlWvgx/ziTsVwKN/GDSsuArN2K0wDiafP3s0SWmsm7o2BdnyS8Z9Z64NFBUbn6ziBg==',
};

export async function readAppLocks(bench: Bench): Promise<AppLocks> {
  const registry = await registryOf(bench);
  const read = async (name: string) =>
    JSON.parse(await readFile(join(fixtures, 'short-links', name), 'utf8'));
  const [manifest, lock] = [await read('package.json'), await read('package-lock.json')];
  const files = () => filesOf(manifest, withAddresses(lock, registry));
  const before = files();
  const { name, ...entry } = added;
  manifest.dependencies[name] = entry.version;
  lock.packages[''].dependencies[name] = entry.version;
  lock.packages[`node_modules/${name}`] = entry;
  return { before, after: files(), added: name };
}

function filesOf(manifest: object, lock: Lockfile) {
  return {
    'package.json': JSON.stringify(manifest, undefined, 2),
    'package-lock.json': JSON.stringify(lock, undefined, 2),
  };
}
