import type { LockedPackage } from '../src/npm/locked-package.ts';
import type { Lockfile } from '../src/npm/lockfile.ts';

/** A lockfile in memory; packages without a version or an integrity get one, as npm would have written it. */
export function lockfileOf(
  packages: Readonly<Record<string, LockedPackage>>,
  workspace = '',
  root = '/project',
): Lockfile {
  const rows = Object.entries(packages).map(([location, locked]) => {
    const published = location.includes('node_modules/') && !locked.link && !locked.inBundle;
    return [
      location,
      published ? { version: '1.0.0', integrity: 'sha512-AA==', ...locked } : locked,
    ] as const;
  });
  return { path: `${root}/package-lock.json`, root, workspace, packages: new Map(rows) };
}
