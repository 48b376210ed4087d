import type { Project } from '@catamaran/build';
import { formatPlatform, samePlatform } from '@catamaran/oci';
import { cliErrors } from '../errors.ts';
import { type Output, stdoutDest } from './output.ts';
import { requireWritable } from './require-writable.ts';

/**
 * Looks, before anything is built, whether the outputs can be made of it: each has its platforms, and a place that can
 * be written to.
 * @throws CATA_OUTPUT_INVALID, CATA_ARCHIVE_NOT_WRITABLE, CATA_LAYOUT_NOT_WRITABLE
 */
export async function requireOutputs(outputs: readonly Output[], project: Project): Promise<void> {
  for (const output of outputs) {
    requirePlatforms(output, project);
    if (output.dest !== stdoutDest) await requireWritable(output);
  }
}

function requirePlatforms({ type, text, platform }: Output, { platforms }: Project): void {
  const refuse = (reason: string) => cliErrors.CATA_OUTPUT_INVALID({ text, reason });
  const built = platforms.map(formatPlatform).join(' and ');
  if (platform && !platforms.some((one) => samePlatform(one, platform))) {
    throw refuse(
      `${formatPlatform(platform)} is not built: ${built} ${platforms.length === 1 ? 'is' : 'are'}`,
    );
  }
  if (type === 'docker-archive' && !platform && platforms.length > 1) {
    const example = platforms.map((one) => `platform=${formatPlatform(one)}`).join(' or ');
    throw refuse(`a Docker archive holds one platform, and ${built} are built; add ${example}`);
  }
}
