import type { ErrorDefinition } from '@catamaran/oci';

/** What can go wrong between a lockfile and the packages that it names. */
export const npmErrors = {
  CATA_LOCKFILE_MISSING: {
    fault: 'user',
    message: 'There is no "{path}", and no lockfile above it that knows this folder.',
    hint: 'Run "npm install" and commit package-lock.json: images are built from exactly what it names.',
  },
  CATA_LOCKFILE_VERSION: {
    fault: 'user',
    message: '"{path}" has lockfileVersion {version}; 2 and 3 can be read.',
    hint: 'Run "npm install" with npm 7 or newer.',
  },
  CATA_LOCKFILE_DISAGREES: {
    fault: 'user',
    message: '"{path}" asks for {wanted} of "{name}" in {section}, but "{lockfile}" was made for {locked}.',
    hint: 'Run "npm install" to bring the lockfile up to date.',
  },
  CATA_LOCKFILE_INCOMPLETE: {
    fault: 'user',
    message: '"{path}" has no "{name}", which {from} depends on.',
    hint: 'Run "npm install" to bring the lockfile up to date.',
  },
  CATA_PACKAGE_NOT_FOR_PLATFORM: {
    fault: 'user',
    message: 'The package "{name}" is needed, and says that it does not run on {platform}.',
    hint: 'Make it an optional dependency, replace it, or build without that platform (--platform).',
  },
  CATA_NATIVE_PACKAGE_MISSING: {
    fault: 'user',
    message:
      '"{name}" needs a package of its own for {platform}, and "{lockfile}" has none; it has: {present}.',
    hint: 'npm pruned it (npm/cli#4828): delete node_modules and package-lock.json, then run "npm install".',
  },
  CATA_PACKAGE_INTEGRITY: {
    fault: 'remote',
    message: 'The tarball of {name}@{version} has integrity {actual}, but the lockfile says {expected}.',
    hint: 'Do not use this package until you know why. If the lockfile is wrong, run "npm install" again.',
  },
  CATA_PACKAGE_UNAVAILABLE: {
    fault: 'remote',
    message: 'The package {name}@{version} cannot be had: {reason}.',
    hint: 'Check the network and the registry that "npm config get registry" names.',
  },
  CATA_PACKAGE_UNKNOWN: {
    fault: 'user',
    message: 'The registry has no {name}@{version}.',
    hint: 'Check the version: that of Node.js is "node" in the configuration, the others are the lockfile’s.',
  },
  CATA_PACKAGE_NO_INTEGRITY: {
    fault: 'user',
    message: 'The lockfile "{path}" has no integrity for "{name}".',
    hint: 'Packages from git, a URL or a folder cannot be built from yet; depend on a published version.',
  },
  CATA_PACKAGE_TARBALL: {
    fault: 'remote',
    message: 'The tarball of {name}@{version} cannot be read: {reason}.',
    hint: 'Look at the package with "npm pack {name}@{version}".',
  },
} as const satisfies Readonly<Record<string, ErrorDefinition>>;
