import { buildErrors } from '../../errors.ts';
import type { Stage } from './stage.ts';

/** What a lockfile says of one pattern, as in "debug@npm:^2.6.9": lines that decide what is installed. */
type Locked = ReadonlyMap<string, ReadonlySet<string>>;

/**
 * Refuses an install for which Yarn had to look for something: its lockfile may have less afterwards, but nothing else.
 * @throws CATA_LOCKFILE_OUTDATED
 */
export function requireSameLock(before: string, after: string, { lockfile }: Stage): void {
  const locked = parseLock(before);
  for (const [pattern, lines] of parseLock(after)) {
    const known = locked.get(pattern);
    const added = known ? [...lines].find((line) => !known.has(line)) : pattern;
    if (added === undefined) continue;
    const [, name = pattern, range = ''] = /^"?((?:@[^/]+\/)?[^@:"]+)"?[@:]\s*"?(.*?)"?$/.exec(added) ?? [];
    throw buildErrors.CATA_LOCKFILE_OUTDATED({
      path: known ? pattern : lockfile.root,
      name,
      range: range.replace(/^npm:/, ''),
      lockfile: lockfile.path,
      command: 'yarn install',
    });
  }
}

/** The YAML that Yarn writes: a line of patterns, and below it what they stand for. */
function parseLock(text: string): Locked {
  const locked = new Map<string, Set<string>>();
  let lines = new Set<string>();
  let section = '';
  for (const line of text.split('\n')) {
    const patterns = /^"?(\S.*?)"?:$/.exec(line)?.[1];
    if (patterns !== undefined && !line.startsWith(' ') && !line.startsWith('#')) {
      lines = new Set();
      for (const pattern of patterns.split(', ')) if (pattern !== '__metadata') locked.set(pattern, lines);
      continue;
    }
    section = /^ {2}(\w+):/.exec(line)?.[1] ?? section;
    const isDecisive = section === 'resolution' || section === 'checksum' || section === 'dependencies';
    if (isDecisive && /^(?: {4}\S| {2}resolution:)/.test(line)) lines.add(line.trim());
  }
  return locked;
}
