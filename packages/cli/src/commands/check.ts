import { openCache } from '@catamaran/build';
import { formatPlatform, isImageIndex, layoutStore, ociErrors, parseReference } from '@catamaran/oci';
import { checkIndex, formatFinding } from '../check/check-index.ts';
import { exitCodes } from '../process/exit-codes.ts';
import { runCommand } from '../process/run-command.ts';
import type { OutputFlags } from './project-flags.ts';

export interface CheckFlags extends OutputFlags {
  readonly layout: string;
}

/** `catamaran check`: findings on stdout, and an exit code of 1 when one is an error. */
export function check(image: string, flags: CheckFlags): Promise<never> {
  return runCommand(flags, async ({ environment }, ctx) => {
    const reference = parseReference(image);
    const found = await layoutStore(flags.layout).get(reference, ctx);
    if (!isImageIndex(found)) throw ociErrors.CATA_NOT_AN_INDEX({ reference: image });
    const reports = await checkIndex(found, openCache(environment.cacheFolder), ctx);
    const lines = reports.flatMap((report) => [
      `${formatPlatform(report.platform)}  ${report.elfFiles} ELF files, ${report.findings.length} findings`,
      ...report.findings.map((finding) => formatFinding(report, finding)),
    ]);
    const failed = reports.some((report) => report.findings.some(({ level }) => level === 'error'));
    const document = {
      image,
      platforms: reports.map((report) => ({ ...report, platform: formatPlatform(report.platform) })),
    };
    return { document, text: `${lines.join('\n')}\n`, exitCode: failed ? exitCodes.findings : 0 };
  });
}
