import type { ErrorDefinition } from '@catamaran/oci';

/** What can be wrong with a project and its configuration. */
export const projectErrors = {
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
    hint: 'Catamaran builds Node.js projects: run "npm init", or name another folder.',
  },
  CATA_JSON_INVALID: {
    fault: 'user',
    message: '"{path}" cannot be read: {reason}.',
    hint: 'Mend the file, or let npm write it again.',
  },
} as const satisfies Readonly<Record<string, ErrorDefinition>>;
