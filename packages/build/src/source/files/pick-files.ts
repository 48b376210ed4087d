import { readlink } from 'node:fs/promises';
import { posix } from 'node:path';
import { type Context, runTogether } from '@catamaran/oci';
import { buildErrors } from '../../errors.ts';
import type { Project } from '../../project/project.ts';
import type { ApplicationFile, ApplicationLink } from '../application.ts';
import { foundFiles, type SearchOptions } from './found-files.ts';
import { openPickedFile } from './open-picked-file.ts';
import type { Place } from './place-in.ts';
import type { Selection } from './selection.ts';
import type { FoundFile } from './walk-folder.ts';

export interface PickedFiles {
  readonly files: readonly ApplicationFile[];
  readonly links: readonly ApplicationLink[];
}

/** How many files are read at a time. */
const atOnce = 16;

/**
 * The files that selections match, with their places in the image, sorted; of two for one place the later counts.
 * @throws CATA_FILES_NONE, CATA_FILES_OUTSIDE, CATA_FILES_CLASH, CATA_FILE_UNREADABLE, CATA_LINK_OUTSIDE
 */
export async function pickFiles(
  project: Project,
  selections: readonly Selection[],
  place: Place,
  options: SearchOptions,
  ctx: Context,
): Promise<PickedFiles> {
  const found = new Map<string, FoundFile>();
  for (const selection of selections) {
    for await (const file of foundFiles(project, selection, options, ctx)) found.set(place(file.path), file);
  }
  requireNoClash(found);
  const places = [...found].sort(([a], [b]) => (a < b ? -1 : 1));
  const files = places.filter(([, { isLink }]) => !isLink);
  const links = places.filter(([, { isLink }]) => isLink);
  return {
    files: await runTogether(
      files.map(
        ([path, { absolute }]) =>
          () =>
            openPickedFile(absolute, path),
      ),
      ctx,
      atOnce,
    ),
    links: await Promise.all(links.map(([path, { absolute }]) => openLink(absolute, path))),
  };
}

/** Two folders may be laid over each other, but a file cannot lie in a file. */
function requireNoClash(found: ReadonlyMap<string, FoundFile>): void {
  for (const path of found.keys()) {
    for (let above = posix.dirname(path); above !== '.'; above = posix.dirname(above)) {
      const file = found.get(above);
      if (file) throw buildErrors.CATA_FILES_CLASH({ path: above, file: file.absolute, inside: path });
    }
  }
}

/** A link is kept as it is, so it has to lead to somewhere in the application. */
async function openLink(absolute: string, path: string): Promise<ApplicationLink> {
  const target = await readlink(absolute);
  const leadsTo = posix.join(posix.dirname(path), target);
  if (posix.isAbsolute(target) || leadsTo === '..' || leadsTo.startsWith('../')) {
    throw buildErrors.CATA_LINK_OUTSIDE({ path: absolute, target });
  }
  return { path, target };
}
