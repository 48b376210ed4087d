import type { ErrorDefinition } from '@catamaran/oci';

/** What can go wrong where another package manager than npm installs the dependencies. */
export const managedErrors = {
  CATA_LOCKFILES_SEVERAL: {
    fault: 'user',
    message: 'Several package managers have a lockfile in "{folder}": {names}.',
    hint: 'Keep the one that is in use, or name its package manager in package.json, as in "packageManager": "pnpm@10.34.9".',
  },
  CATA_LOCKFILE_OUTDATED: {
    fault: 'user',
    message: '"{path}" asks for {name}@{range}, which "{lockfile}" does not have.',
    hint: 'Run "{command}" to bring the lockfile up to date.',
  },
  CATA_PACKAGE_MANAGER_MISSING: {
    fault: 'machine',
    message: '"{lockfile}" is {manager}’s, and there is no "{command}" on PATH.',
    hint: 'Install it: {install}.',
  },
  CATA_PACKAGE_MANAGER_NOT_FETCHED: {
    fault: 'machine',
    message: '"{lockfile}" is {manager}’s, which corepack would have to fetch first.',
    hint: 'Run "corepack install" in "{folder}"; with COREPACK_ENABLE_NETWORK=1 it is fetched when it is needed.',
  },
  CATA_PACKAGE_MANAGER_VERSION: {
    fault: 'machine',
    message: '"{lockfile}" needs {manager} {wanted}; "{command}" is version {actual}.',
    hint: 'Install another one: {install}.',
  },
  CATA_INSTALL_FAILED: {
    fault: 'user',
    message: '{manager} does not install what "{lockfile}" names, for {platform}:\n{reason}\n',
    hint: 'This was "{command}" in a copy of the project’s package.json files. Does "{usual}" work in "{folder}"?',
  },
  CATA_INSTALL_WITHOUT_PLATFORM: {
    fault: 'user',
    message: '"{name}" needs {missing} on {platform}, which {manager} has not installed by "{lockfile}".',
    hint: 'See that no setting leaves out optional dependencies, and run "{usual}" again. If "{name}" works without, set app.native["{name}"] to "skip".',
  },
  CATA_INSTALL_CHANGED: {
    fault: 'user',
    message: '"{location}" was installed again, as the cache had lost it, and is not what it was.',
    hint: 'Build again: what is there now is taken. A registry or a folder has changed what the lockfile names.',
  },
  CATA_INSTALL_OUTSIDE: {
    fault: 'user',
    message: '"{path}" leads to "{target}", outside of the folder of "{lockfile}".',
    hint: 'What goes into an image has to be below the folder of the lockfile: move it there, or publish it.',
  },
} as const satisfies Readonly<Record<string, ErrorDefinition>>;
