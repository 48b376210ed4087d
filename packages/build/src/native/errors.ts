import type { ErrorDefinition } from '@catamaran/oci';

/** What can go wrong with packages that have native code. */
export const nativeErrors = {
  CATA_PACKAGE_INSTALL_SCRIPT: {
    fault: 'user',
    message: 'The package "{name}" has an install script, which would need the CPU of the target to run.',
    hint: 'If it works without, add "{name}" to app.skipInstallScripts; else use a package with prebuilt binaries.',
  },
} as const satisfies Readonly<Record<string, ErrorDefinition>>;
