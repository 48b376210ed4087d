import { join } from 'node:path';
import {
  type Context,
  type Descriptor,
  type Image,
  type ImageIndex,
  type IndexManifest,
  imageInIndex,
  layoutStore,
  rawFromValue,
  readLayoutIndex,
  refNameOf,
} from '@catamaran/oci';
import { buildErrors } from '../../errors.ts';
import type { InputLog } from '../../inputs/input-log.ts';

/**
 * The image or index of that name in a layout; without one, the only one that there is.
 * @throws CATA_BASE_LAYOUT_MISSING, CATA_BASE_LAYOUT_NAME, CATA_LAYOUT_INVALID
 */
export async function readLayoutBase(
  folder: string,
  name: string | undefined,
  inputs: InputLog,
  ctx: Context,
): Promise<Image | ImageIndex> {
  // All else in a layout is named by what it is.
  inputs.file(join(folder, 'index.json'));
  const list = await readLayoutIndex(folder);
  if (!list) throw buildErrors.CATA_BASE_LAYOUT_MISSING({ path: folder });
  const found =
    name === undefined ? onlyOne(list) : list.manifests.find((entry) => refNameOf(entry) === name);
  if (found) return open(folder, found, ctx);
  if (name === undefined && isIndex(list)) return indexOf(folder, list, ctx);
  const present =
    list.manifests.map((entry) => `"${refNameOf(entry) ?? entry.digest}"`).join(', ') || 'nothing';
  const wanted = name === undefined ? 'which image is meant is not said' : `there is no "${name}"`;
  throw buildErrors.CATA_BASE_LAYOUT_NAME({ path: folder, wanted, present });
}

function onlyOne({ manifests }: IndexManifest): Descriptor | undefined {
  return manifests.length === 1 ? manifests[0] : undefined;
}

/** Several without a name, each for its platform: such a list is itself the index that is meant (Bazel and apko write it so). */
function isIndex({ manifests }: IndexManifest): boolean {
  return manifests.length > 1 && manifests.every((entry) => entry.platform && refNameOf(entry) === undefined);
}

function indexOf(folder: string, list: IndexManifest, ctx: Context): ImageIndex {
  const index: ImageIndex = {
    manifest: async () => rawFromValue(list),
    image: (platform) => imageInIndex(index, platform),
    child: (entry) => open(folder, entry, ctx),
  };
  return index;
}

function open(folder: string, { digest }: Descriptor, ctx: Context): Promise<Image | ImageIndex> {
  return layoutStore(folder).get({ repository: '', digest }, ctx);
}
