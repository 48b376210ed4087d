import { type CheckReport, type Finding, failing } from '@catamaran/check';
import { formatPlatform } from '@catamaran/oci';

/** What was found in the image for one platform, as `--json` prints it. */
export interface CheckedPlatform {
  readonly platform: string;
  readonly elfFiles: number;
  readonly counts: FindingCounts;
  readonly findings: readonly Finding[];
}

interface FindingCounts {
  readonly errors: number;
  readonly warnings: number;
  readonly notes: number;
  readonly silenced: number;
}

export function checkedPlatform({ platform, elfFiles, findings }: CheckReport): CheckedPlatform {
  return { platform: formatPlatform(platform), elfFiles, counts: countFindings(findings), findings };
}

export function countFindings(findings: readonly Finding[]): FindingCounts {
  const heard = failing(findings, 'note');
  const of = (level: Finding['level']) => heard.filter((finding) => finding.level === level).length;
  const silenced = findings.length - heard.length;
  return { errors: of('error'), warnings: of('warning'), notes: of('note'), silenced };
}

/** "2 errors, 1 note, 3 silenced", or "nothing found". */
export function countsText({ errors, warnings, notes, silenced }: FindingCounts): string {
  const counted = [
    countOf(errors, 'error'),
    countOf(warnings, 'warning'),
    countOf(notes, 'note'),
    ...(silenced > 0 ? [`${silenced} silenced`] : []),
  ].flatMap((text) => text ?? []);
  return counted.length > 0 ? counted.join(', ') : 'nothing found';
}

function countOf(count: number, name: string): string | undefined {
  if (count === 0) return undefined;
  return `${count} ${name}${count === 1 ? '' : 's'}`;
}
