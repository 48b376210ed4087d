import {
  type ByteStream,
  type Context,
  type Image,
  type ImageTree,
  type PlacedEntry,
  readLayer,
} from '@catamaran/oci';
import type { FoundNode } from './find-node.ts';

/** What Node.js tells debuggers that it is: the same in every build of it. */
const pattern = /node\.js\/v(\d+\.\d+\.\d+)(?=[^\d.])/;
/** Longer than any match. */
const overlapBytes = 64;

/**
 * The version of a Node.js, read out of its program, or of the library that distributions move all of it into.
 * @returns as in "24.21.0"; undefined when it does not say
 */
export async function readNodeVersion(
  { file }: FoundNode,
  tree: ImageTree,
  image: Image,
  ctx: Context,
): Promise<string | undefined> {
  const libraries = [...tree.entries()].filter(
    ({ path, type }) => type === 'file' && /(?:^|\/)libnode\.so\.\d+$/.test(path),
  );
  for (const candidate of [file, ...libraries]) {
    const version = await versionIn(candidate, image, ctx);
    if (version) return version;
  }
  return undefined;
}

async function versionIn(wanted: PlacedEntry, image: Image, ctx: Context): Promise<string | undefined> {
  const layer = (await image.layers())[wanted.layerIndex];
  if (!layer) return undefined;
  for await (const entry of readLayer(layer)) {
    ctx.signal.throwIfAborted();
    // Waited for here: whoever leaves the loop ends the reading.
    if (entry.path === wanted.path && entry.type === 'file') return await scan(entry.content());
  }
  return undefined;
}

/** Reads to the end, also when it was found before: a tar archive is left between its entries only. */
async function scan(content: ByteStream): Promise<string | undefined> {
  let version: string | undefined;
  let rest = '';
  for await (const chunk of content) {
    if (version) continue;
    // One byte a character: a match is ASCII, and positions do not matter.
    const text = rest + Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength).toString('latin1');
    version = pattern.exec(text)?.[1];
    rest = text.slice(-overlapBytes);
  }
  return version;
}
