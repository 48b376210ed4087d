import type { ErrorDefinition } from '@catamaran/oci';

/** What can go wrong with packages that have native code. */
export const nativeErrors = {
  CATA_PACKAGE_INSTALL_SCRIPT: {
    fault: 'user',
    message:
      'The package {name}@{version} has an install script, which would need the CPU of the target to run: {script}',
    hint: 'If it works without the script, set app.native["{name}"] to "skip"; else name the files that it would make (docs/config.md, app.native), or use a package with prebuilt binaries.',
  },
  CATA_NATIVE_PACKAGE_ABSENT: {
    fault: 'user',
    message: '{name} needs a package of its own for {platform}; the lockfile has only: {present}.',
    hint: 'If there is one, npm pruned it (npm/cli#4828): delete node_modules and package-lock.json, then run "npm install". If {name} works without, set app.native["{name}"] to "skip".',
  },
} as const satisfies Readonly<Record<string, ErrorDefinition>>;
