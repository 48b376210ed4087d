import { type Context, directory, type ExecutionConfig, type Image } from '@catamaran/oci';
import { type BuiltLayer, builtLayer } from '../builders/builder.ts';
import { type Cache, cacheKey } from '../cache/cache.ts';
import { entriesLayer } from '../cache/entries-layer.ts';
import { buildErrors } from '../errors.ts';
import type { Project } from '../project/project.ts';
import { baseFacts } from './base-facts.ts';

/**
 * Sees to it that what the project says of its image's start holds on its base: the user is one of the base's, and the
 * working folder is there, in a layer of its own if need be. No host would make it in a root that is not written to.
 * @throws CATA_IMAGE_USER_UNKNOWN, CATA_WORKDIR_NO_FOLDER
 */
export async function fitBase(
  project: Project,
  base: Image,
  { WorkingDir = '/' }: ExecutionConfig,
  cache: Cache,
  ctx: Context,
): Promise<readonly BuiltLayer[]> {
  const { user, workdir = WorkingDir } = project;
  const names = namesIn(user);
  if (names.length === 0 && workdir === WorkingDir) return [];
  const facts = await baseFacts(base, workdir, cache, ctx);
  for (const { name, file } of names) {
    const known = file === '/etc/passwd' ? facts.users : facts.groups;
    if (!known.includes(name)) throw unknownUser(user ?? '', name, file, known);
  }
  if (facts.blockedBy !== undefined)
    throw buildErrors.CATA_WORKDIR_NO_FOLDER({ path: workdir, blockedBy: `/${facts.blockedBy}` });
  const isThere = workdir === WorkingDir || facts.missing.length === 0;
  return isThere ? [] : [await folderLayer(facts.missing, workdir, project.sourceDateEpoch, cache, ctx)];
}

/** Numbers need not be known to anybody. */
function namesIn(user = '') {
  const [name = '', group = ''] = user.split(':');
  const parts = [
    { name, file: '/etc/passwd' },
    { name: group, file: '/etc/group' },
  ];
  return parts.filter((part) => part.name !== '' && !/^\d+$/.test(part.name));
}

function unknownUser(user: string, name: string, file: string, known: readonly string[]): Error {
  const names = known.length > 0 ? known.join(', ') : 'nobody';
  return buildErrors.CATA_IMAGE_USER_UNKNOWN({ user, name, file, known: names });
}

async function folderLayer(
  folders: readonly string[],
  workdir: string,
  mtimeSeconds: number,
  cache: Cache,
  ctx: Context,
): Promise<BuiltLayer> {
  const key = cacheKey({ layer: 'workdir', version: 1, folders, mtimeSeconds });
  const recipe = { key, title: `Folder ${workdir}` };
  const layer = await entriesLayer(recipe, cache, mtimeSeconds, ctx, async () =>
    folders.map((folder) => directory(folder)),
  );
  return builtLayer(layer, `catamaran: folder ${workdir}`);
}
