import { existsSync, statSync } from 'node:fs';
import { dirname, join, relative, resolve, sep } from 'node:path';

/** What an image is most often made by, in the order in which it is looked for. */
const makers = ['catamaran.config.ts', 'Dockerfile', 'Containerfile', 'package.json'];

/**
 * The file that a page about source code shows findings at, from the root of the repository: the Dockerfile that was
 * judged, or else what most likely made the image.
 * @param subject as it was named
 */
export function anchorFile(subject: string, folder: string): string {
  const judged = resolve(folder, subject);
  const [maker = 'catamaran.config.ts'] = makers.filter((name) => existsSync(join(folder, name)));
  const file = isFile(judged) ? judged : join(folder, maker);
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
