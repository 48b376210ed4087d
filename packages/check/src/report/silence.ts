import type { Finding } from '../rules/finding.ts';

/** Findings that somebody has decided about. */
export interface Silence {
  readonly rule: string;
  /** Absent for all that the rule finds. */
  matches?(path: string): boolean;
  readonly reason: string;
}

/** A report on an image, or on a Dockerfile. */
interface Report {
  readonly findings: readonly Finding[];
}

interface SilencedReports<S, R> {
  readonly reports: readonly R[];
  /** Those that nothing was found for. */
  readonly unused: readonly S[];
}

/** The same reports, in which what is silenced says why. */
export function silenced<S extends Silence, R extends Report>(
  reports: readonly R[],
  silences: readonly S[],
): SilencedReports<S, R> {
  const used = new Set<S>();
  const judge = (finding: Finding): Finding => {
    const meant = silences.filter((silence) => isMeant(finding, silence));
    for (const silence of meant) used.add(silence);
    const [first] = meant;
    return first ? { ...finding, silenced: first.reason } : finding;
  };
  return {
    reports: reports.map((report) => ({ ...report, findings: report.findings.map(judge) })),
    unused: silences.filter((silence) => !used.has(silence)),
  };
}

/** A silence for some paths is for none of what is about the image as a whole. */
function isMeant({ rule, path }: Finding, silence: Silence): boolean {
  if (rule !== silence.rule) return false;
  return silence.matches === undefined || (path !== undefined && silence.matches(path));
}
