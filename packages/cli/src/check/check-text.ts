import { catalogue, type Finding, failing, type Level, type RuleDescription } from '@catamaran/check';
import { formatBytes } from '../output/format-bytes.ts';
import { formatTable } from '../output/format-table.ts';
import { printable } from '../output/printable.ts';
import type { Styler } from '../process/styler.ts';
import { type CheckedPlatform, countsText } from './check-document.ts';

/** As many of a rule's findings as are shown: what there are thousands of is one mistake. */
const maxShown = 12;
const levels: readonly Level[] = ['error', 'warning', 'note'];
const colors = { error: 'red', warning: 'yellow', note: 'cyan' } as const;

/** What was found, for people: how many for each platform, then rule by rule, the worst first. */
export function checkText(subject: string, platforms: readonly CheckedPlatform[], style: Styler): string {
  const rows = platforms.map(({ platform, elfFiles, counts }) => [
    platform,
    `${elfFiles} ELF ${elfFiles === 1 ? 'file' : 'files'}`,
    countsText(counts),
  ]);
  const sections = levels.flatMap((level) => sectionsOf(level, platforms, style));
  return `${[style('bold', printable(subject)), ...formatTable(rows), ...sections].join('\n')}\n`;
}

interface Shown extends Finding {
  readonly platforms: readonly string[];
}

function sectionsOf(level: Level, platforms: readonly CheckedPlatform[], style: Styler): string[] {
  const shown = merged(platforms).filter((finding) => finding.level === level);
  const byRule = Map.groupBy(shown, ({ rule }) => rule);
  return [...byRule].flatMap(([rule, findings]) => {
    const { title, remedy } = wordsOf(rule, findings);
    const lines = findings
      .slice(0, maxShown)
      .map((finding) => `  ${lineOf(finding, platforms.length, style)}`);
    const rest = findings.length - lines.length;
    return [
      '',
      `${style(colors[level], level)}  ${style('bold', title)}  ${style('dim', rule)}`,
      ...lines,
      ...(rest > 0 ? [style('dim', `  … and ${rest} more; --json has all of them`)] : []),
      ...(remedy ? [style('dim', `  → ${remedy}`)] : []),
    ];
  });
}

/** What is there for other platforms is not wrong, though rules for what is wrong found it. */
function wordsOf(rule: string, findings: readonly Finding[]): { title: string; remedy?: string } {
  const described = (catalogue as Readonly<Record<string, RuleDescription>>)[rule];
  if (findings.every(({ wastedBytes }) => wastedBytes !== undefined)) {
    const remedy = 'Nothing has to be done; leaving these files out makes the image smaller.';
    return { title: 'Files for other platforms are in the image', remedy };
  }
  return described ? { title: described.title, remedy: described.remedy } : { title: rule };
}

/** What is the same for several platforms is told once. */
function merged(platforms: readonly CheckedPlatform[]): Shown[] {
  const all = platforms.flatMap(({ platform, findings }) =>
    failing(findings, 'note').map((finding) => ({ platform, finding })),
  );
  const same = Map.groupBy(all, ({ finding: { layer: _, ...rest } }) => JSON.stringify(rest));
  return [...same.values()].flatMap((group) => {
    const [first] = group;
    return first ? [{ ...first.finding, platforms: group.map(({ platform }) => platform) }] : [];
  });
}

function lineOf(
  { platforms, path, message, wastedBytes }: Shown,
  ofPlatforms: number,
  style: Styler,
): string {
  const where = platforms.length < ofPlatforms ? `${style('dim', platforms.join(', '))}  ` : '';
  const file = path === undefined ? '' : `${style('bold', printable(path))} `;
  const wasted = wastedBytes === undefined ? '' : ` (${formatBytes(wastedBytes)})`;
  return `${where}${file}${printable(message)}${wasted}`;
}
