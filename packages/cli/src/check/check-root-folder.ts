import { stat } from 'node:fs/promises';
import { type CheckReport, checkFolder } from '@catamaran/check';
import { type Context, formatPlatform, messageOf, parsePlatform, runStep } from '@catamaran/oci';
import { cliErrors } from '../errors.ts';
import { parsePlatforms } from '../location/chosen-image.ts';

const scheme = 'rootfs:';

/** The folder that `rootfs:folder` names; undefined for what is no folder. @throws CATA_LOCATION_INVALID */
export function rootFolder(text: string): string | undefined {
  if (!text.startsWith(scheme)) return undefined;
  const folder = text.slice(scheme.length);
  if (folder !== '') return folder;
  throw cliErrors.CATA_LOCATION_INVALID({ text, reason: `after "${scheme}" there is no path` });
}

/**
 * Judges a folder that is the root of a file system, for the platforms asked for or the one that it says itself.
 * @throws CATA_ROOTFS_UNREADABLE, CATA_ROOTFS_PLATFORM, CATA_PLATFORM_INVALID
 */
export async function checkRootFolder(
  folder: string,
  platformTexts: readonly string[] | undefined,
  ctx: Context,
): Promise<readonly CheckReport[]> {
  const asked = parsePlatforms(platformTexts).map((platform) => parsePlatform(formatPlatform(platform)));
  await requireFolder(folder);
  return runStep('check', 'Every file of the folder', ctx, async (step) => {
    const reports = await checkFolder(folder, asked, ctx);
    if (reports.length === 0) throw cliErrors.CATA_ROOTFS_PLATFORM({ path: folder });
    step.conclude(`${reports[0]?.elfFiles} ELF files`);
    return reports;
  });
}

async function requireFolder(path: string): Promise<void> {
  const found = await stat(path).catch((cause: unknown) => {
    throw cliErrors.CATA_ROOTFS_UNREADABLE({ path, reason: messageOf(cause) }, { cause });
  });
  if (!found.isDirectory()) throw cliErrors.CATA_ROOTFS_UNREADABLE({ path, reason: 'it is no folder' });
}
