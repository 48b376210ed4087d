import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

const debian = '/usr/lib/postgresql';

function folders(): readonly string[] {
  const versions = existsSync(debian) ? readdirSync(debian).sort((a, b) => Number(b) - Number(a)) : [];
  // Debian keeps the server's programs away from PATH.
  return [...versions.map((version) => join(debian, version, 'bin')), ...(process.env.PATH ?? '').split(':')];
}

function find(name: string): string | undefined {
  return folders()
    .map((folder) => join(folder, name))
    .find((path) => existsSync(path));
}

/** @throws where it is not installed */
export function postgresProgram(name: string): string {
  const path = find(name);
  if (!path) throw new Error(`There is no ${name}: install PostgreSQL's server.`);
  return path;
}

/** Whether there is a PostgreSQL. Where tests must not be left out, in continuous integration, it throws instead. */
export function hasPostgres(): boolean {
  const has = find('initdb') !== undefined && find('postgres') !== undefined;
  if (!has && process.env.CI) throw new Error('These tests need PostgreSQL: scripts/system-packages.sh test');
  return has;
}
