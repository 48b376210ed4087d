import { existsSync, statSync } from 'node:fs';
import { dirname, join, relative, resolve, sep } from 'node:path';
import type { CheckOutcome } from './check-outcome.ts';

const dockerfiles = ['Dockerfile', 'Containerfile'];
/** What an image is most often made by, in the order in which it is looked for; the first where there is none. */
const makers = ['catamaran.config.ts', ...dockerfiles, 'package.json'];

/**
 * The file that a page about source code shows findings at, from the root of the repository: the Dockerfile that was
 * judged, or else what most likely made the image, or what was piped.
 */
export function anchorFile(
  { subject, parts }: Pick<CheckOutcome, 'subject' | 'parts'>,
  folder: string,
): string {
  const isImage = parts.some(({ platform }) => platform !== undefined);
  const names = isImage ? makers : dockerfiles;
  const maker = join(folder, names.find((name) => existsSync(join(folder, name))) ?? names[0] ?? '');
  const judged = resolve(folder, subject);
  const file = !isImage && isFile(judged) ? judged : maker;
  return relative(repositoryOf(file) ?? folder, file)
    .split(sep)
    .join('/');
}

function isFile(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isFile() ?? false;
}

/** A folder above with ".git" in it, which is a file in a work tree. */
function repositoryOf(file: string): string | undefined {
  for (let folder = dirname(file); ; folder = dirname(folder)) {
    if (existsSync(join(folder, '.git'))) return folder;
    if (dirname(folder) === folder) return undefined;
  }
}
