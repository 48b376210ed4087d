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
    hint: 'Move it to "dependencies" in package.json and install again.',
  },
  CATA_IMPORT_AMBIGUOUS: {
    fault: 'user',
    message:
      '"{importer}" needs another version of "{name}" than the application, and both would be one file.',
    hint: 'Give both the same version of "{name}" in package.json and install again.',
  },
  CATA_EXTERNAL_MISSING: {
    fault: 'user',
    message:
      '"{importer}" imports "{name}", which app.external keeps out of the bundle, and the image does not have it.',
    hint: 'Take "{name}" out of app.external, or make it a dependency in package.json and install again.',
  },
  CATA_DECORATOR_METADATA: {
    fault: 'user',
    message:
      '"{file}" has decorators, and "{tsconfig}" asks for emitDecoratorMetadata, which a bundle cannot have.',
    hint: 'Compile first: app.build "nest build" or "tsc", app.files ["dist/**"], and app.entry the compiled file. Or take emitDecoratorMetadata out of the tsconfig.json if nothing needs it.',
  },
  CATA_PRISMA_NOT_GENERATED: {
    fault: 'user',
    message: 'The application imports "@prisma/client", and there is no generated client in "{path}".',
    hint: 'Run "npx prisma generate", or have it run with app.build: "prisma generate".',
  },
  CATA_BUILD_COMMAND: {
    fault: 'user',
    message: 'The command "{command}" of app.build ended with {how}:\n{output}\n',
    hint: 'Run it yourself in the folder of the configuration, with "npx" before it where it comes from a package.',
  },
  CATA_FILES_NONE: {
    fault: 'user',
    message: 'Nothing is picked up for "{pattern}": {reason}.',
    hint: 'Mend app.files or app.assets: patterns and folders are relative to the folder of the configuration.',
  },
  CATA_FILES_OUTSIDE: {
    fault: 'user',
    message: 'The place "{path}" would lie outside of the application’s folder in the image.',
    hint: 'Files keep their places below the folder of the lockfile. Give others one with “from” and “to” in app.files.',
  },
  CATA_FILES_CLASH: {
    fault: 'user',
    message: 'In the image "{path}" would be the file "{file}" and a folder with "{inside}" in it.',
    hint: 'Give one of them another place with “from” and “to” in app.files.',
  },
  CATA_FILE_UNREADABLE: {
    fault: 'user',
    message: '"{path}" cannot be read: {reason}.',
    hint: 'Check who may read it, or leave it out with app.ignore.',
  },
  CATA_FILE_CHANGED: {
    fault: 'user',
    message: '"{path}" was changed while the image was being made of it.',
    hint: 'Run the command again once nothing writes to it any more.',
  },
  CATA_LINK_OUTSIDE: {
    fault: 'user',
    message: 'The link "{path}" leads to "{target}", which is no part of the application.',
    hint: 'Put a copy in its place, leave it out with app.ignore, or make it a relative link to what is picked up.',
  },
  CATA_IGNORE_INVALID: {
    fault: 'user',
    message: '"{path}" cannot be understood: {reason}.',
    hint: 'It is read as Docker reads a .dockerignore: https://docs.docker.com/build/concepts/context/',
  },
  CATA_ENTRY_NOT_PICKED: {
    fault: 'user',
    message: 'app.entry is "{entry}", and no such file is picked up for the image.',
    hint: 'With app.files, app.entry is the place of the file in the image; app.files has to pick it up.',
  },
  CATA_TRACED_PACKAGE_UNKNOWN: {
    fault: 'user',
    message:
      '"{path}" has native code of this machine, and the lockfile has no "{name}" for {platform} to put in its place.',
    hint: 'Run "npm install" and app.build again, so that both are of the same versions; or leave it out with app.ignore.',
  },
  CATA_ENTRY_UNRUNNABLE: {
    fault: 'user',
    message: 'app.entry is "{entry}", which Node.js {node} does not run without a bundle.',
    hint: 'Leave out app.bundle and app.files to have it bundled, or compile it with app.build and name the result.',
  },
  CATA_TYPES_WRONG: {
    fault: 'user',
    message: 'The types of the application do not check:\n{reason}\n',
    hint: 'Mend the source, or set app.typecheck to false to build all the same.',
  },
} as const satisfies Readonly<Record<string, ErrorDefinition>>;
