import { readFile } from 'node:fs/promises';
import { join, posix, relative, sep } from 'node:path';
import { buildErrors } from '../../errors.ts';
import type { InputLog } from '../../inputs/input-log.ts';
import type { Project } from '../../project/project.ts';
import { type PathPatterns, pathPatterns } from './path-patterns.ts';

/** Which files of a project are not for its image. */
export interface IgnoreRules {
  /** The file that has some of the rules, if there is one. */
  readonly file: string | undefined;
  /**
   * @param path from the project's folder
   * @param named a folder, or file, that the configuration names: an ignore file says nothing of what was named
   */
  match(path: string, named?: string): boolean;
  /** True when nothing below an ignored folder can be taken back. */
  readonly isFinal: boolean;
}

const names = ['.catamaranignore', '.dockerignore'];

/**
 * Reads `.catamaranignore` or else `.dockerignore`, of the project's folder or else of the root's, where Docker's
 * context would be; `app.ignore` comes on top.
 * @throws CATA_IGNORE_INVALID
 */
export async function readIgnoreRules(
  { folder, app }: Project,
  root: string,
  inputs: InputLog,
): Promise<IgnoreRules> {
  const own = pathPatterns(app.ignore, { braces: true });
  const found = await firstIgnoreFile([...new Set([folder, root])], inputs);
  const prefix = found ? relative(found.folder, folder).split(sep).join('/') : '';
  const fromFile = found?.patterns ?? pathPatterns([], { braces: false });
  return {
    file: found?.path,
    isFinal: [...own.patterns, ...fromFile.patterns].every(({ negated }) => !negated),
    match: (path, named) =>
      own.match(path) ||
      fromFile.match(posix.join(prefix, path), named === undefined ? prefix : posix.join(prefix, named)),
  };
}

async function firstIgnoreFile(folders: readonly string[], inputs: InputLog) {
  for (const folder of folders) {
    for (const name of names) {
      const path = join(folder, name);
      inputs.file(path);
      const text = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
        if (error.code === 'ENOENT') return undefined;
        throw buildErrors.CATA_FILE_UNREADABLE({ path, reason: error.message }, { cause: error });
      });
      if (text !== undefined) return { folder, path, patterns: parseIgnoreFile(text, path) };
    }
  }
  return undefined;
}

/** https://docs.docker.com/build/concepts/context/#dockerignore-files */
function parseIgnoreFile(text: string, path: string): PathPatterns {
  const lines = text.replace(/^\uFEFF/, '').split(/\r?\n/);
  const patterns = lines.filter((line) => !line.startsWith('#') && !/^\s*[./]*\s*$/.test(line));
  try {
    return pathPatterns(patterns, { braces: false });
  } catch (cause) {
    if (!(cause instanceof SyntaxError)) throw cause;
    throw buildErrors.CATA_IGNORE_INVALID({ path, reason: cause.message }, { cause });
  }
}
