import { describeMachine } from '../support/machine.ts';
import { buildTable } from './build-table.ts';
import { containerifyVersion } from './containerify.ts';
import type { MeasuredBuilds, Plan } from './measure-builds.ts';
import { describeWanted } from './wanted.ts';

/** The part of docs/benchmarks.md that has the figures. */
export function describeBuilds({ results, left, dockerVersion }: MeasuredBuilds, plan: Plan): string {
  const unit = results.unit();
  const tools = [
    ...(dockerVersion ? [`Docker ${dockerVersion} with BuildKit`] : []),
    ...(plan.only.has('containerify') ? [`containerify ${containerifyVersion}`] : []),
  ];
  return [
    `\`npm run bench:build\`, ${[describeMachine(), ...tools].join(', ')}. Medians of n rounds; \`node -e 0\` takes ${(unit * 1000).toFixed(0)} ms.`,
    ...left.map((line) => `Measured ${line}.`),
    buildTable(results),
    'Wanted:',
    describeWanted(results),
    'Where catamaran’s time went, in the fastest of each; what goes on at once counts in full:',
    results
      .all()
      .filter(({ spent }) => spent !== '')
      .map(
        ({ step, name, seconds, spent }) =>
          `- ${step}, ${name}, ${Math.min(...seconds).toFixed(2)} s: ${spent}`,
      )
      .join('\n'),
  ].join('\n\n');
}
