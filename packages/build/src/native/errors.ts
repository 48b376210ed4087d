import type { ErrorDefinition } from '@catamaran/oci';

/** What can go wrong with packages that have native code. */
export const nativeErrors = {
  CATA_PACKAGE_INSTALL_SCRIPT: {
    fault: 'user',
    message:
      'The package {name}@{version} has an install script, which is not run, and how else to get it ready for {platform} is not known: {reason}. The script: {script}',
    hint: 'If it works without, set app.native["{name}"] to "skip"; else name the files that the script would make (docs/config.md, app.native), or use a package with prebuilt binaries.',
  },
  CATA_NATIVE_BINARY_UNAVAILABLE: {
    fault: 'remote',
    message: 'The binary of {name}@{version} for {platform} cannot be had from {url}: {reason}.',
    hint: 'If a mirror has it, name it: {mirror}. Else name a file that you have built (docs/config.md, app.native), or set app.native["{name}"] to "skip" if it works without.',
  },
  CATA_NATIVE_BINARY_WRONG: {
    fault: 'remote',
    message: 'The binary of {name}@{version} does not fit {platform}: {source}: {reason}.',
    hint: 'Name a file that fits (docs/config.md, app.native), or use another version of the package.',
  },
  CATA_NATIVE_FILE_MISSING: {
    fault: 'user',
    message: 'app.native["{name}"] names no file for {platform}.',
    hint: 'Add it to "file", or build without that platform (--platform).',
  },
  CATA_NATIVE_FILE_UNREADABLE: {
    fault: 'user',
    message: 'The file "{file}", which app.native["{name}"] names for {platform}, cannot be read: {reason}.',
    hint: 'Paths begin at the folder of the configuration; addresses with https:// or http://.',
  },
  CATA_NATIVE_CROSS_COMPILE: {
    fault: 'user',
    message: 'app.native["{name}"] asks for crossCompile, which this version cannot do yet.',
    hint: 'Compile it on such a machine, or with a cross compiler, and name the result with "file" (docs/config.md, app.native). docs/adr/0009-native-packages.md has what is planned.',
  },
} as const satisfies Readonly<Record<string, ErrorDefinition>>;
