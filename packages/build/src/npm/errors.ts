import type { ErrorDefinition } from '@catamaran/oci';

/** What can go wrong between a lockfile and the packages that it names. */
export const npmErrors = {
  CATA_LOCKFILE_MISSING: {
    fault: 'user',
    message: 'There is no "{path}", and no lockfile above it that knows this folder.',
    hint: 'Run "npm install", or that of pnpm, Yarn or Bun, and commit the lockfile: images are built from exactly what it names.',
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
    message: '"{name}" needs {missing} on {platform}, which "{lockfile}" does not have.',
    hint: 'Run "npx npm@11 install --package-lock-only": it brings back what older npms prune (npm/cli#4828). If "{name}" works without, set app.native["{name}"] to "skip".',
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
    message: 'Neither the lockfile nor the registry states an integrity for {name}@{version}.',
    hint: 'Without one nobody can tell whether its tarball is the right one: ask who runs the registry, or publish the package again.',
  },
  CATA_PACKAGE_SOURCE_UNKNOWN: {
    fault: 'user',
    message:
      '"{path}" has "{name}" from "{resolved}", which is no version, address, git commit, file or folder.',
    hint: 'Run "npm install" to have the lockfile written anew.',
  },
  CATA_PACKAGE_FILE_MISSING: {
    fault: 'user',
    message: 'The package "{name}" is the tarball "{file}", which cannot be read.',
    hint: 'Put it there, or change the dependency and run "npm install".',
  },
  CATA_PACKAGE_GIT: {
    fault: 'remote',
    message: 'The package "{name}" cannot be had from {address}: {reason}.',
    hint: 'git has to be installed, and be able to fetch from there without asking: try "git ls-remote" with that address.',
  },
  CATA_PACKAGE_PREPARE: {
    fault: 'user',
    message:
      'The package "{name}" comes from git, and has a "prepare" script that would have to make its files: {script}',
    hint: 'Nothing of a dependency is run while an image is built: depend on a published version, or on the tarball that "npm pack" makes of it. If what is in the repository is enough, set app.native["{name}"] to "skip".',
  },
  CATA_FOLDER_OUTSIDE: {
    fault: 'user',
    message:
      'The linked folder "{folder}" needs {names}, which "{lockfile}" does not have, as the folder lies outside of its own.',
    hint: 'Make the folder a workspace; or set install-links=true in .npmrc and run "npm install", which makes it a package like others.',
  },
  CATA_FOLDER_MISSING: {
    fault: 'user',
    message: '"{path}" links to the folder "{folder}", which has no package.json.',
    hint: 'Put the folder back, or take the dependency out and run "npm install".',
  },
  CATA_PACKAGE_TARBALL: {
    fault: 'remote',
    message: 'The tarball of {name}@{version} cannot be read: {reason}.',
    hint: 'Look at the package with "npm pack {name}@{version}".',
  },
} as const satisfies Readonly<Record<string, ErrorDefinition>>;
