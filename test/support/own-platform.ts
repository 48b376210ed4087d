import { hostPlatform, parsePlatform, platforms } from '@catamaran/oci';

/** This machine's platform; what is asked of it is skipped where no image can be run. */
export const own = hostPlatform() ?? parsePlatform('linux/amd64');

/** The others. */
export const foreign = platforms.filter(({ architecture }) => architecture !== own.architecture);

/** What runs images for the others here. */
export const emulator = own.architecture === 'amd64' ? 'qemu-aarch64-static' : 'qemu-x86_64-static';
