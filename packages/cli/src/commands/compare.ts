import { terminalReporter } from '@catamaran/report';
import type { Limits } from '@catamaran/run';
import { openProject } from '../build/open-project.ts';
import { compareProject } from '../compare/compare-project.ts';
import { writeReports } from '../compare/write-reports.ts';
import { cliErrors } from '../errors.ts';
import { runCommand } from '../process/run-command.ts';
import type { ProjectFlags } from './project-flags.ts';

export interface CompareFlags extends ProjectFlags {
  readonly vcpu?: string;
  readonly memory?: string;
  readonly report: string;
}

/** `catamaran compare`: the table and the verdict on stdout, the record and the HTML report on disk. */
export function compare(folder: string, flags: CompareFlags): Promise<never> {
  return runCommand(flags, async ({ environment, stdout }, ctx) => {
    const limits = parseLimits(flags);
    const project = await openProject(folder, flags.platform, environment);
    const record = await compareProject(project, { layout: flags.layout, limits }, environment, ctx);
    const paths = await writeReports(record, flags.report);
    const table = terminalReporter({ width: stdout.columns, color: stdout.color }).render(record);
    return {
      document: record,
      text: `\n${table}\nReport  ${paths.html}\nRecord  ${paths.json}\n`,
    };
  });
}

/** @throws CATA_USAGE */
function parseLimits({ vcpu, memory }: CompareFlags): Partial<Limits> {
  return {
    ...(vcpu === undefined ? {} : { vcpu: positive('--vcpu', vcpu) }),
    ...(memory === undefined ? {} : { memoryMiB: positive('--memory', memory) }),
  };
}

function positive(flag: string, text: string): number {
  const value = Number(text);
  if (Number.isFinite(value) && value > 0) return value;
  throw cliErrors.CATA_USAGE({ reason: `${flag} is "${text}", which is not a positive number.` });
}
