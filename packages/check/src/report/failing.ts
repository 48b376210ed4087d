import type { Finding, Level } from '../rules/finding.ts';

const levels: readonly Level[] = ['note', 'warning', 'error'];

/** What is at least so bad, and nobody has decided about. */
export function failing(findings: readonly Finding[], atLeast: Level = 'error'): Finding[] {
  return findings.filter(
    ({ level, silenced }) => silenced === undefined && levels.indexOf(level) >= levels.indexOf(atLeast),
  );
}
