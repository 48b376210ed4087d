import type { ProjectOverrides } from '@catamaran/build';
import { terminalReporter } from '@catamaran/report';
import { openProject } from '../build/open-project.ts';
import { compareProject } from '../compare/compare-project.ts';
import { writeReports } from '../compare/write-reports.ts';
import { cliErrors } from '../errors.ts';
import { runCommand } from '../process/run-command.ts';
import { registriesWhenNeeded } from '../registry/registries-when-needed.ts';
import type { RegistryFlags } from '../registry/registry-flags.ts';
import type { ProjectFlags } from './project-flags.ts';

export interface CompareFlags extends ProjectFlags, RegistryFlags {
  readonly vcpu?: string;
  readonly memory?: string;
  readonly environment?: string;
  readonly report: string;
}

/** `catamaran compare`: the table and the verdict on stdout, the record and the HTML report on disk. */
export function compare(folder: string, flags: CompareFlags): Promise<never> {
  return runCommand(flags, async ({ environment, stdout }, ctx) => {
    const opened = await openProject(folder, flags.platform, environment, parseLimits(flags));
    await using registries = registriesWhenNeeded(flags, environment);
    const record = await compareProject(opened, flags, environment, registries.open, ctx);
    const paths = await writeReports(record, flags.report);
    const table = terminalReporter({ width: stdout.columns, color: stdout.color }).render(record);
    return {
      document: record,
      text: `\n${table}\nReport  ${paths.html}\nRecord  ${paths.json}\n`,
    };
  });
}

/** @throws CATA_USAGE */
function parseLimits({ vcpu, memory }: CompareFlags): NonNullable<ProjectOverrides['limits']> {
  return {
    ...(vcpu === undefined ? {} : { vcpu: number('--vcpu', vcpu) }),
    ...(memory === undefined ? {} : { memoryMiB: number('--memory', memory) }),
  };
}

function number(flag: string, text: string): number {
  const value = Number(text);
  if (text.trim() !== '' && Number.isFinite(value)) return value;
  throw cliErrors.CATA_USAGE({ reason: `${flag} is "${text}", which is not a number.` });
}
