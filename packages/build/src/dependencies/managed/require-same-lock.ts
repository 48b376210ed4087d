import { join } from 'node:path';
import type { CatamaranError } from '@catamaran/oci';
import { buildErrors } from '../../errors.ts';
import type { FoundLockfile } from '../find-lockfile.ts';

/** What a lockfile of Yarn's says that decides what is installed: for a pattern, as in "ms@npm:^2.1.0", some lines. */
type Locked = ReadonlyMap<string, ReadonlySet<string>>;

/**
 * Refuses an install for which Yarn had to look for something: its lockfile may have less afterwards, but nothing else.
 * @throws CATA_LOCKFILE_OUTDATED
 */
export function requireSameLock(before: string, after: string, lockfile: FoundLockfile): void {
  const locked = parseLock(before);
  for (const [pattern, lines] of parseLock(after)) {
    const known = locked.get(pattern);
    const added = [...lines].find((line) => !known?.has(line));
    if (added !== undefined) throw outdated(pattern, added, lockfile);
  }
}

/** @param line as in `resolution: "ms@npm:2.1.3"` or `ms: "npm:2.1.3"` */
function outdated(pattern: string, line: string, { path: lockfile, root }: FoundLockfile): CatamaranError {
  const [, key = '', value = ''] = /^"?(.+?)"?: "?(.*?)"?$/.exec(line) ?? [];
  const [, owner = pattern, range = ''] = /^(.[^@]*)@(.*)$/.exec(pattern) ?? [];
  const workspace = /^workspace:(.*)$/.exec(range)?.[1];
  const asked = key === 'resolution' ? { name: owner, range } : { name: key, range: value };
  return buildErrors.CATA_LOCKFILE_OUTDATED({
    ...asked,
    range: asked.range.replace(/^npm:/, ''),
    path: workspace === undefined ? root : join(root, workspace, 'package.json'),
    lockfile,
    command: 'yarn install',
  });
}

/** The YAML that Yarn writes: a line of patterns, and below it what they stand for. */
function parseLock(text: string): Locked {
  const locked = new Map<string, Set<string>>();
  let lines = new Set<string>();
  let section = '';
  for (const line of text.split('\n')) {
    // Many patterns are a key of their own: "? a, b", and the colon in the next line.
    const key = /^(?:([^\s#?].*):|\? (.*))$/.exec(line);
    if (key) {
      lines = new Set();
      const patterns = (key[1] ?? key[2] ?? '').replace(/^"(.*)"$/, '$1').split(', ');
      for (const pattern of patterns) if (pattern !== '__metadata') locked.set(pattern, lines);
      continue;
    }
    section = /^ {2}(\w+):/.exec(line)?.[1] ?? section;
    const isAsked = section === 'dependencies' && line.startsWith('    ');
    if (isAsked || line.startsWith('  resolution:')) lines.add(line.trim());
  }
  return locked;
}
