import type { Project } from '@catamaran/build';
import type { CheckReport } from '@catamaran/check';
import { formatPlatform } from '@catamaran/oci';
import { writeReportFile } from '../output/write-report-file.ts';
import { formatFindings } from './check-format.ts';

/** What a build's check found, for code-scanning pages: where it fails, that is all there is of it. @throws CATA_REPORT_NOT_WRITABLE */
export async function writeCheckReport(
  path: string,
  { name, folder }: Pick<Project, 'name' | 'folder'>,
  reports: readonly CheckReport[],
): Promise<void> {
  const parts = reports.map(({ platform, findings }) => ({ platform: formatPlatform(platform), findings }));
  await writeReportFile(path, await formatFindings({ subject: name, parts }, 'sarif', folder));
}
