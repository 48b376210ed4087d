import { composeTree, type Digest, type PlacedEntry, placeOf } from '@catamaran/oci';
import type { ContentEntry, LayerContents } from './layer-contents.ts';

/** What one layer does to the files of the layers below it. Folders are not counted. */
export interface LayerUse {
  readonly uncompressedBytes: number;
  readonly added: number;
  readonly changed: number;
  readonly deleted: number;
  /** Of files of this layer that a later one replaces or deletes: every machine fetches them, and none sees them. */
  readonly wastedBytes: number;
}

/** A file that is in a layer and not in the image. */
export interface WastedFile {
  readonly path: string;
  readonly sizeBytes: number;
  /** The layer that it is in. */
  readonly layerIndex: number;
  readonly how: 'replaced' | 'deleted';
  /** The layer that does it. */
  readonly byLayerIndex: number;
}

/** The same content in several files of the image. */
export interface RepeatedContent {
  readonly digest: Digest;
  readonly sizeBytes: number;
  /** Hard links to one and the same file count once. */
  readonly paths: readonly string[];
  /** What all but one of them take. */
  readonly repeatedBytes: number;
}

export interface ImageUse {
  readonly layers: readonly LayerUse[];
  /** Of all files of all layers. */
  readonly fileBytes: number;
  readonly wastedBytes: number;
  /** The part of the files' bytes that is to be seen in the image, from 0 to 1. */
  readonly efficiency: number;
  /** The largest first. */
  readonly wasted: readonly WastedFile[];
  readonly repeatedBytes: number;
  readonly repeated: readonly RepeatedContent[];
}

type Placed = PlacedEntry<ContentEntry>;
interface Loss {
  readonly lost: Placed;
  readonly byLayerIndex: number;
  readonly successor: Placed | undefined;
}

/** What the layers of an image are used for. */
export function imageUse(layers: readonly LayerContents[]): ImageUse {
  const losses: Loss[] = [];
  const tree = composeTree<ContentEntry>(
    layers.map(({ entries }) => entries),
    (lost, byLayerIndex, successor) => losses.push({ lost, byLayerIndex, successor }),
  );
  const visible = new Set([...tree.entries()].map((entry) => tree.content(entry)));
  const wasted = wastedFiles(losses, visible);
  const wastedBytes = sum(wasted);
  const fileBytes = sum(layers.flatMap(({ entries }) => entries.filter(({ type }) => type === 'file')));
  const repeated = repeatedContents(visible);
  return {
    layers: layers.map((contents, at) => ({
      uncompressedBytes: contents.uncompressedBytes,
      ...changesOf(contents, at, losses),
      wastedBytes: sum(wasted.filter(({ layerIndex }) => layerIndex === at)),
    })),
    fileBytes,
    wastedBytes,
    efficiency: fileBytes === 0 ? 1 : 1 - wastedBytes / fileBytes,
    wasted,
    repeatedBytes: repeated.reduce((total, { repeatedBytes }) => total + repeatedBytes, 0),
    repeated,
  };
}

/** A name that is gone wastes nothing while another one has the same content. */
function wastedFiles(losses: readonly Loss[], visible: ReadonlySet<Placed>): readonly WastedFile[] {
  return losses
    .filter(({ lost }) => lost.type === 'file' && lost.sizeBytes > 0 && !visible.has(lost))
    .map(({ lost, byLayerIndex, successor }): WastedFile => {
      const { sizeBytes, layerIndex } = lost;
      return {
        path: placeOf(lost),
        sizeBytes,
        layerIndex,
        how: successor ? 'replaced' : 'deleted',
        byLayerIndex,
      };
    })
    .sort((a, b) => b.sizeBytes - a.sizeBytes || (a.path < b.path ? -1 : 1));
}

/** What a layer removes and has again is changed. */
function changesOf(
  { entries }: LayerContents,
  layerIndex: number,
  losses: readonly Loss[],
): Pick<LayerUse, 'added' | 'changed' | 'deleted'> {
  const had = losses.filter(
    ({ lost, byLayerIndex }) =>
      byLayerIndex === layerIndex && lost.layerIndex < layerIndex && lost.type !== 'directory',
  );
  // By the name that the layer has for it, which may lead over a link.
  const before = new Set(had.map(({ lost, successor }) => successor?.path ?? lost.path));
  const now = new Set(entries.filter(isFile).map(({ path }) => path));
  const changed = [...before].filter((path) => now.has(path)).length;
  return { added: now.size - changed, changed, deleted: before.size - changed };
}

function isFile({ path, type }: ContentEntry): boolean {
  return type !== 'directory' && path !== '' && !path.slice(path.lastIndexOf('/') + 1).startsWith('.wh.');
}

function repeatedContents(visible: ReadonlySet<Placed>): readonly RepeatedContent[] {
  const files = [...visible].filter(({ type, sizeBytes }) => type === 'file' && sizeBytes > 0);
  return [...Map.groupBy(files, ({ digest }) => digest)]
    .flatMap(([digest, same]): RepeatedContent[] => {
      const sizeBytes = same[0]?.sizeBytes ?? 0;
      if (digest === undefined || same.length < 2) return [];
      const paths = same.map(placeOf).sort();
      return [{ digest, sizeBytes, paths, repeatedBytes: sizeBytes * (same.length - 1) }];
    })
    .sort((a, b) => b.repeatedBytes - a.repeatedBytes || (a.digest < b.digest ? -1 : 1));
}

function sum(files: readonly { readonly sizeBytes: number }[]): number {
  return files.reduce((total, { sizeBytes }) => total + sizeBytes, 0);
}
