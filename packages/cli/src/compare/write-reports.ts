import { constants } from 'node:fs';
import { access, stat } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { messageOf } from '@catamaran/oci';
import { htmlReporter, jsonReporter, type Reporter, type RunRecord } from '@catamaran/report';
import { cliErrors } from '../errors.ts';
import { writeReportFile } from '../output/write-report-file.ts';

export interface ReportPaths {
  readonly json: string;
  readonly html: string;
}

/** Says before a long measurement that its reports would be lost. @throws CATA_REPORT_NOT_WRITABLE */
export async function requireReportFolder(folder: string): Promise<void> {
  try {
    // Nothing is made yet: a measurement that is stopped leaves no empty folder.
    await access(await nearestFolder(resolve(folder)), constants.W_OK);
  } catch (cause) {
    const reason = messageOf(cause);
    throw cliErrors.CATA_REPORT_NOT_WRITABLE({ path: folder, reason }, { cause });
  }
}

/** The folder itself, or the one that it would be made in. */
async function nearestFolder(folder: string): Promise<string> {
  const found = await stat(folder).catch(() => undefined);
  if (!found) return nearestFolder(dirname(folder));
  if (!found.isDirectory()) throw new Error(`"${folder}" is no folder`);
  return folder;
}

/** Writes the record and its HTML report, named for the project and the time. @throws CATA_REPORT_NOT_WRITABLE */
export async function writeReports(record: RunRecord, folder: string): Promise<ReportPaths> {
  const stem = join(
    folder,
    `${record.project}-${record.startedAt.replace(/\.\d+/, '').replaceAll(':', '-')}`,
  );
  const paths = { json: `${stem}.json`, html: `${stem}.html` };
  await writeReport(jsonReporter(), record, paths.json);
  await writeReport(htmlReporter(), record, paths.html);
  return paths;
}

/** @throws CATA_REPORT_NOT_WRITABLE */
export function writeReport(reporter: Reporter, record: RunRecord, path: string): Promise<void> {
  return writeReportFile(path, reporter.render(record));
}
