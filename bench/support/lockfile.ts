import type { Bench } from './bench.ts';

/** As much of a package-lock.json as is dealt with here. */
export interface Lockfile {
  readonly packages: Record<
    string,
    { version?: string; integrity?: string; resolved?: string; dependencies?: Record<string, string> }
  >;
}

/** What npm's configuration says. */
export async function registryOf({ run }: Bench): Promise<string> {
  return (await run('npm', ['config', 'get', 'registry'])).stdout.trim();
}

/**
 * With the addresses that our own lockfiles do without and nearly all others have: npm looks into its cache only when
 * it knows them, and would else ask the registry about every package.
 */
export function withAddresses(lock: Lockfile, registry: string): Lockfile {
  const packages = Object.entries(lock.packages).map(([location, entry]) => {
    if (!entry.integrity) return [location, entry];
    const name = location.split('node_modules/').at(-1) ?? '';
    const file = `${name.split('/').at(-1)}-${entry.version}.tgz`;
    return [location, { ...entry, resolved: new URL(`${name}/-/${file}`, registry).href }];
  });
  return { ...lock, packages: Object.fromEntries(packages) };
}
