import { posix } from 'node:path';

const text = String.raw`(['"\x60])(?<path>[^'"\x60$]+)\1`;
/** `new URL('./schema.sql', import.meta.url)` */
const byUrl = new RegExp(String.raw`\bnew\s+URL\(\s*${text}\s*,\s*import\.meta\.url\b`, 'g');
/** `join(__dirname, 'schema.sql')`, and with `import.meta.dirname` */
const byFolder = new RegExp(
  String.raw`\b(?:join|resolve)\(\s*(?:__dirname|import\.meta\.dirname)\s*,\s*${text}`,
  'g',
);

/**
 * What a source file reads relative to itself when it runs, as far as it says so in so many words. For a warning only.
 * @param file from the application's root
 * @returns paths from there
 */
export function fileReads(source: string, file: string): string[] {
  return [byUrl, byFolder].flatMap((pattern) =>
    [...source.matchAll(pattern)].flatMap(({ groups }) => {
      const path = groups?.path ?? '';
      return /^[a-z][a-z0-9+.-]*:/i.test(path) ? [] : [posix.join(posix.dirname(file), path)];
    }),
  );
}
