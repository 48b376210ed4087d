import type { DockerfileReport } from '../src/dockerfile/dockerfile-report.ts';

/** Verdicts of all instructions, and the findings by line, as the corpus has them beside each Dockerfile. */
export function verdictTable({ stages, summary, findings }: DockerfileReport): string {
  const row = (cells: readonly string[]) =>
    cells
      .map((cell, at) => cell.padEnd([6, 12][at] ?? 13))
      .join('')
      .trimEnd();
  const instructions = stages.flatMap((stage) =>
    stage.instructions.map(({ line, keyword, verdicts }) =>
      row([`${line}`, keyword, ...verdicts.map(({ verdict }) => verdict)]),
    ),
  );
  return [
    row(['line', '', ...summary.map(({ platform }) => platform)]),
    ...instructions,
    '',
    ...findings.map(({ line, level, rule, fix }) => {
      const mended = fix && ` -> ${fix.text.replaceAll('\n', ' \\n ')}`;
      return `${String(line).padEnd(6)}${level.padEnd(9)}${rule}${mended ?? ''}`;
    }),
    '',
  ].join('\n');
}
