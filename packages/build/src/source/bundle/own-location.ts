import { posix } from 'node:path';

/**
 * In a bundle every `import.meta` and `__dirname` would be the bundle's. Files that ask where they are get told where
 * they were, so that what they read relative to themselves is found where `app.assets` has put it. Only the entry is
 * where its bundle is: it may compare itself with what Node was started with.
 */
const names = {
  url: '__catamaran_url',
  filename: '__catamaran_filename',
  dirname: '__catamaran_dirname',
  main: '__catamaran_main',
} as const;

/** What esbuild is to put in place of what a file asks for, unless the file declares that itself. */
export const locationDefines: Readonly<Record<string, string>> = {
  'import.meta.url': names.url,
  'import.meta.filename': names.filename,
  'import.meta.dirname': names.dirname,
  'import.meta.main': names.main,
  __filename: names.filename,
  __dirname: names.dirname,
};

/** What the bundle is to begin with, by its module kind, where a file in it asks for its location. */
export const locationHeads = {
  esm:
    'import { fileURLToPath as __catamaran_path } from "node:url"; import { dirname as __catamaran_folder } from "node:path"; ' +
    'const __catamaran_bundle = import.meta.url, __catamaran_is_main = import.meta.main;',
  cjs:
    'const { fileURLToPath: __catamaran_path, pathToFileURL: __catamaran_href } = require("node:url"), { dirname: __catamaran_folder } = require("node:path"), ' +
    '__catamaran_bundle = __catamaran_href(__filename).href, __catamaran_is_main = require.main === module;',
} as const;

/** Cheap, and may be wrong in one direction only: what it finds in a comment costs a line. */
const asks = /\bimport\s*\.\s*meta\b|\b__(?:dir|file)name\b/;

/**
 * The source with a first line that declares what it may ask for; undefined where it asks for nothing.
 * @param path from the bundle's folder; undefined for the entry
 */
export function tellLocation(source: string, path: string | undefined): string | undefined {
  if (!asks.test(source)) return undefined;
  const relative = path?.split('/').map(encodeURIComponent).join('/');
  const url =
    relative === undefined ? '__catamaran_bundle' : `new URL("${dotted(relative)}", __catamaran_bundle).href`;
  const line =
    `const ${names.url} = ${url}, ${names.filename} = __catamaran_path(${names.url}), ` +
    `${names.dirname} = __catamaran_folder(${names.filename}), ` +
    `${names.main} = ${relative === undefined ? '__catamaran_is_main' : 'false'}; `;
  // A first line for the shell, and "use strict", mean nothing further down.
  const first = /^(?:#!.*\n)?(?:\s*(['"])use strict\1;?)?/.exec(source)?.[0] ?? '';
  return `${first}${first && !first.endsWith('\n') ? ' ' : ''}${line}${source.slice(first.length)}`;
}

/** A name with a colon in it would be a scheme. */
function dotted(path: string): string {
  return path.startsWith('../') ? path : `./${posix.normalize(path)}`;
}
