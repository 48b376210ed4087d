import type { DockerfileFinding, DockerfileReport, StageReport, Verdict } from '@catamaran/check/dockerfile';
import { formatTable } from '../output/format-table.ts';
import { printable } from '../output/printable.ts';
import type { Styler } from '../process/styler.ts';
import { countFindings, countsText } from './check-document.ts';

const levelStyles = { error: 'red', warning: 'yellow', note: 'dim' } as const;

/** Stages and what runs in them, findings with corrected lines, and how much would be emulated. */
export function dockerfileText(
  path: string,
  lines: readonly string[],
  report: DockerfileReport,
  style: Styler,
): string {
  const shown = new Set<string>();
  const findings = report.findings
    .filter(({ silenced }) => silenced === undefined)
    .flatMap((finding) => ['', ...findingLines(finding, lines, shown, style)]);
  const platforms = report.summary.map(({ platform }) => platform);
  const header = `${printable(path)} for ${platforms.join(' and ')}, on a builder that is ${report.builder}`;
  const parts = [header, '', ...stageTable(report, lines), ...findings, '', ...summaryLines(report), ''];
  return parts.join('\n');
}

function stageTable({ stages, summary }: DockerfileReport, lines: readonly string[]): string[] {
  const rows = stages.flatMap((stage) => [
    [`${stage.line}`, cut(lines[stage.line - 1] ?? ''), ...stageCells(stage, summary)],
    ...stage.instructions
      .filter(({ keyword, verdicts }) => keyword === 'RUN' || verdicts.some(({ verdict }) => isRun(verdict)))
      .map(({ line, endLine, verdicts }) => [
        `${line}`,
        `  ${cut(oneLine(lines.slice(line - 1, endLine)))}`,
        ...verdicts.map(({ verdict }) => words[verdict]),
      ]),
  ]);
  if (rows.length === 0) return [];
  return formatTable([['Line', 'Stage', ...summary.map(({ platform }) => platform)], ...rows], [0]);
}

const words: Readonly<Record<Verdict, string>> = {
  native: 'native',
  emulated: 'emulated',
  nothing: 'nothing to run',
  'not-built': 'not built',
  unknown: 'not known',
};

function isRun(verdict: Verdict): boolean {
  return verdict === 'native' || verdict === 'emulated';
}

function stageCells(stage: StageReport, summary: DockerfileReport['summary']): string[] {
  return summary.map(({ platform }) => {
    const found = stage.platforms.find((each) => each.platform === platform);
    return found ? `on ${found.runsAs ?? 'a platform not known'}` : 'not built';
  });
}

function findingLines(
  { line, level, rule, message, fix }: DockerfileFinding,
  lines: readonly string[],
  shown: Set<string>,
  style: Styler,
): string[] {
  const head = `${style(levelStyles[level], level)}  line ${line}  ${rule}`;
  const told = [head, `  ${printable(message)}`];
  const key = JSON.stringify(fix);
  // Several findings may be mended by one change.
  if (!fix || shown.has(key)) return told;
  shown.add(key);
  const before = lines.slice(fix.line - 1, fix.line - 1 + fix.lines);
  const above = fix.lines === 0 ? (lines[fix.line - 2] ?? '') : '';
  return [
    ...told,
    ...(above === '' ? [] : [`    ${printableLine(above)}`]),
    ...before.map((text) => style('red', `  - ${printableLine(text)}`)),
    ...fix.text.split('\n').map((text) => style('green', `  + ${printableLine(text)}`)),
  ];
}

/** With its indentation. */
function printableLine(text: string): string {
  const [indent = ''] = /^[ \t]*/.exec(text) ?? [];
  return `${indent}${printable(text.slice(indent.length).trimEnd())}`;
}

function summaryLines({ summary, builder, findings }: DockerfileReport): string[] {
  const counted = countsText(countFindings(findings));
  return [
    ...summary.map(
      ({ platform, instructions, emulated }) =>
        `${emulated === 0 ? 'None' : emulated} of ${instructions} instructions would be emulated for ${platform} on ${builder}.`,
    ),
    `${counted.charAt(0).toUpperCase()}${counted.slice(1)}.`,
  ];
}

/** An instruction as it reads without its continuations and comments. */
function oneLine(lines: readonly string[]): string {
  const said = lines.filter((line, at) => at === 0 || !line.trimStart().startsWith('#'));
  return said.map((line) => line.trim().replace(/\s*[\\`]$/, '')).join(' ');
}

function cut(text: string): string {
  const line = printable(text.trim());
  return line.length > 60 ? `${line.slice(0, 57)}...` : line;
}
