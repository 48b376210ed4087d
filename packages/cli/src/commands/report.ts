import { readFile } from 'node:fs/promises';
import { htmlReporter, parseRunRecord, terminalReporter } from '@catamaran/report';
import { writeReport } from '../compare/write-reports.ts';
import { cliErrors } from '../errors.ts';
import { runCommand } from '../process/run-command.ts';
import type { OutputFlags } from './project-flags.ts';

export interface ReportFlags extends OutputFlags {
  readonly html?: string;
}

/** `catamaran report`: what `compare` showed, made again from its record. */
export function report(path: string, flags: ReportFlags): Promise<never> {
  return runCommand(flags, async ({ stdout }) => {
    const text = await readFile(path, 'utf8').catch((cause: Error) => {
      throw cliErrors.CATA_RECORD_UNREADABLE({ path, reason: cause.message }, { cause });
    });
    const record = parseRunRecord(text, path);
    if (flags.html) await writeReport(htmlReporter(), record, flags.html);
    const table = terminalReporter({ width: stdout.columns, color: stdout.color }).render(record);
    return {
      document: record,
      text: String(table),
      ...(flags.html ? { summary: `Report  ${flags.html}\n` } : {}),
    };
  });
}
