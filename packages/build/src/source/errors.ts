import type { ErrorDefinition } from '@catamaran/oci';

/** What can go wrong with the source of an application. */
export const sourceErrors = {
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
} as const satisfies Readonly<Record<string, ErrorDefinition>>;
