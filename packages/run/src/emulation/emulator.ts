import { type Architecture, formatPlatform, hostPlatform, type Platform } from '@catamaran/oci';
import { runErrors } from '../errors.ts';
import { findProgram } from '../runc/find-program.ts';

const emulators: Readonly<Record<Architecture, string>> = {
  amd64: 'qemu-x86_64-static',
  arm64: 'qemu-aarch64-static',
};

/** Where the emulator lies in a container. */
export const emulatorPath = '/.catamaran/qemu';

/**
 * The host's qemu for a platform, or undefined when the platform is the host's own. It must be the static one:
 * it runs inside the image, where the host's libraries are not. No binfmt_misc is needed, but without it the
 * service cannot start further processes of its architecture.
 * @throws CATA_EMULATOR_MISSING, CATA_RUN_MACHINE_UNSUPPORTED
 */
export async function findEmulator(platform: Platform, searchPath: string): Promise<string | undefined> {
  const host = hostPlatform();
  if (!host) {
    throw runErrors.CATA_RUN_MACHINE_UNSUPPORTED({ system: `${process.platform}/${process.arch}` });
  }
  if (platform.architecture === host.architecture) return undefined;
  const emulator = emulators[platform.architecture];
  const found = await findProgram(emulator, searchPath);
  if (found) return found;
  throw runErrors.CATA_EMULATOR_MISSING({ platform: formatPlatform(platform), emulator, searchPath });
}
