import {
  type Context,
  collectBytes,
  descriptorOf,
  type Image,
  type ImageTree,
  readLayer,
} from '@catamaran/oci';
import { baseTree } from '../bases/look/base-tree.ts';
import { type Cache, cacheKey } from '../cache/cache.ts';

/** What a base has of that which the start of an image relies on; JSON all through. */
export interface BaseFacts {
  /** The names in /etc/passwd and /etc/group. */
  readonly users: readonly string[];
  readonly groups: readonly string[];
  /** The folders that there would have to be besides for the path that was asked for, the outermost first. */
  readonly missing: readonly string[];
  /** What is on the way there and is no folder. */
  readonly blockedBy?: string;
}

const factsVersion = 1;

/** Looks into a base's files; what was seen is kept by the base's digest. @param path absolute */
export async function baseFacts(image: Image, path: string, cache: Cache, ctx: Context): Promise<BaseFacts> {
  const { digest } = await descriptorOf(image);
  const key = cacheKey({ facts: factsVersion, digest, path });
  const kept = await cache.getJson<BaseFacts>('bases', key);
  if (kept) return kept;
  const tree = await baseTree(image, ctx);
  const facts: BaseFacts = {
    users: await namesIn('etc/passwd', tree, image),
    groups: await namesIn('etc/group', tree, image),
    ...wayTo(path, tree),
  };
  await cache.putJson('bases', key, facts);
  return facts;
}

/** Links are followed: what is missing is named by where it would really be. */
function wayTo(path: string, tree: ImageTree): Pick<BaseFacts, 'missing' | 'blockedBy'> {
  const missing: string[] = [];
  let real = '';
  for (const name of path.split('/').filter(Boolean)) {
    const next = real === '' ? name : `${real}/${name}`;
    const found = tree.resolve(next);
    if (found && found.type !== 'directory') return { missing, blockedBy: next };
    if (!found) missing.push(next);
    real = found?.path ?? next;
  }
  return { missing };
}

/** The first field of each line. passwd(5), group(5) */
async function namesIn(path: string, tree: ImageTree, image: Image): Promise<string[]> {
  const entry = tree.resolve(path);
  const layer = entry && (await image.layers())[entry.layerIndex];
  if (entry?.type !== 'file' || !layer) return [];
  let text = '';
  for await (const found of readLayer(layer)) {
    if (found.path === entry.path && found.type === 'file')
      text = Buffer.from(await collectBytes(found.content())).toString('utf8');
  }
  return text.split('\n').flatMap((line) => (line.includes(':') ? [line.slice(0, line.indexOf(':'))] : []));
}
