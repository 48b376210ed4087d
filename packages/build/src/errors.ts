import { defineErrors } from '@catamaran/oci';

/** What can go wrong between a project and its image. */
export const buildErrors = defineErrors({
  CATA_PROJECT_MISSING: {
    fault: 'user',
    message: 'There is no folder "{path}".',
    hint: 'Name the folder that holds catamaran.config.ts, or run the command in it.',
  },
  CATA_CONFIG_MISSING: {
    fault: 'user',
    message: 'There is no configuration at "{path}".',
    hint: 'Write one that exports name, app.entry and port by default: the README shows one.',
  },
  CATA_CONFIG_FAILED: {
    fault: 'user',
    message: 'The configuration "{path}" cannot be run: {reason}.',
    hint: 'Mend the file. It is loaded as an ES module; TypeScript that only adds types is fine, enums are not.',
  },
  CATA_CONFIG_INVALID: {
    fault: 'user',
    message: 'The configuration "{path}" is not valid: {reason}.',
    hint: 'docs/config.md lists every option.',
  },
  CATA_ENTRY_MISSING: {
    fault: 'user',
    message: 'There is no file "{entry}", which app.entry in "{configPath}" names.',
    hint: 'Name the file that starts the service, relative to the folder of the configuration.',
  },
  CATA_PACKAGE_JSON_MISSING: {
    fault: 'user',
    message: 'There is no "{path}".',
    hint: 'Catamaran builds npm projects: run "npm init" and "npm install", or name another folder.',
  },
  CATA_JSON_INVALID: {
    fault: 'user',
    message: '"{path}" cannot be read: {reason}.',
    hint: 'Mend the file, or let npm write it again.',
  },
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
  CATA_PACKAGE_INSTALL_SCRIPT: {
    fault: 'user',
    message: 'The package "{name}" has an install script, which would need the CPU of the target to run.',
    hint: 'If it works without, add "{name}" to app.skipInstallScripts; else use a package with prebuilt binaries.',
  },
  CATA_PACKAGE_TARBALL: {
    fault: 'remote',
    message: 'The tarball of {name}@{version} cannot be read: {reason}.',
    hint: 'Look at the package with "npm pack {name}@{version}".',
  },
  CATA_BUNDLE_FAILED: {
    fault: 'user',
    message: 'The application cannot be bundled: {reason}.',
    hint: 'Mend the source; "npx esbuild --bundle" shows the same.',
  },
  CATA_IMPORT_NOT_PRODUCTION: {
    fault: 'user',
    message: '"{importer}" imports "{name}", which is not among the dependencies that go into the image.',
    hint: 'Move it to "dependencies" in package.json and run "npm install".',
  },
  CATA_IMPORT_AMBIGUOUS: {
    fault: 'user',
    message:
      '"{importer}" needs another version of "{name}" than the application, and both would be one file.',
    hint: 'Give both the same version of "{name}" in package.json and run "npm install".',
  },
  CATA_TYPES_WRONG: {
    fault: 'user',
    message: 'The types of the application do not check:\n{reason}\n',
    hint: 'Mend the source, or set app.typecheck to false to build all the same.',
  },
  CATA_MIRROR_UNREACHABLE: {
    fault: 'remote',
    message: 'The mirror does not answer: {url}: {reason}.',
    hint: 'Check the network, or name another mirror in base.sources.',
  },
  CATA_MIRROR_REFUSED: {
    fault: 'remote',
    message: 'The mirror answers {status} for {url}.',
    hint: 'Check base.sources, or run "apt-get update": a mirror in the middle of an update mends itself.',
  },
  CATA_DOWNLOAD_TOO_LARGE: {
    fault: 'remote',
    message: '{url} is larger than the {maxBytes} bytes that it should have at most.',
    hint: 'The mirror serves something else than it should. Name another one in base.sources.',
  },
  CATA_DOWNLOAD_HASH: {
    fault: 'remote',
    message: '{url} has digest {actual}, but the signed list says {expected}.',
    hint: 'The mirror is damaged, in the middle of an update, or not to be trusted. Try later or name another one.',
  },
  CATA_ARCHIVE_SIGNATURE: {
    fault: 'remote',
    message: 'The signature of {url} does not hold: {reason}.',
    hint: 'Do not use this mirror until you know why; or name the keyring that signs it in base.sources.',
  },
  CATA_ARCHIVE_EXPIRED: {
    fault: 'remote',
    message: '{url} was valid until {until}.',
    hint: 'The mirror is behind and may lack security updates. Name another one in base.sources; check the clock.',
  },
  CATA_ARCHIVE_INCOMPLETE: {
    fault: 'remote',
    message: '{url} has no {path}.',
    hint: 'Check the suites and components in base.sources.',
  },
  CATA_KEYRING_MISSING: {
    fault: 'machine',
    message: 'Nothing says who signs {url}: {keyring}.',
    hint: 'Install debian-archive-keyring, or name a keyring with signedBy in base.sources.',
  },
  CATA_SOURCES_MISSING: {
    fault: 'machine',
    message: 'This machine’s apt has no source for Debian {suite}.',
    hint: 'Name a mirror in base.sources of the configuration, with its uri, suites and signedBy (a keyring).',
  },
  CATA_DEBIAN_PACKAGE_MISSING: {
    fault: 'user',
    message: 'Debian has no package "{name}" in these sources.',
    hint: 'Check base.packages against packages.debian.org.',
  },
  CATA_DEBIAN_DEPENDENCY: {
    fault: 'remote',
    message: 'The package "{name}" depends on {dependency}, which these sources do not have.',
    hint: 'Add the suite that has it to base.sources, or try later: the mirror may be in the middle of an update.',
  },
  CATA_DEB_INVALID: {
    fault: 'remote',
    message: 'The Debian package "{name}" cannot be used: {reason}.',
    hint: 'Leave it out of base.packages, or report it to Catamaran with its name and version.',
  },
});
