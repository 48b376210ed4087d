import { type LayerContents, readContents } from '@catamaran/check/look';
import {
  type Context,
  type Digest,
  descriptorOf,
  type Image,
  type ImageIndex,
  parseDescribedPlatform,
} from '@catamaran/oci';
import { formatFields } from '../output/format-fields.ts';
import { printable } from '../output/printable.ts';
import type { Environment } from '../process/environment.ts';
import type { Styler } from '../process/styler.ts';
import { type ImageToShow, imageToShow } from './image-to-show.ts';
import { withKeptContents } from './kept-contents.ts';
import { type LayerDocument, layerDocuments } from './layer-document.ts';

/** An image with what is in its layers. */
export interface OpenedImage {
  readonly shown: ImageToShow;
  readonly digest: Digest;
  readonly layers: readonly LayerDocument[];
  readonly contents: readonly LayerContents[];
}

/**
 * @param platform as `--platform` has it
 * @param what for the error of an index with several images: "a tree of files"
 */
export async function openImage(
  found: Image | ImageIndex,
  {
    text,
    platform,
    what,
  }: { readonly text: string; readonly platform: string | undefined; readonly what: string },
  environment: Environment,
  ctx: Context,
): Promise<OpenedImage> {
  const asked = platform === undefined ? undefined : parseDescribedPlatform(platform);
  const shown = await imageToShow(found, asked, text, what);
  const { image } = shown;
  const [manifest, config, layers] = await Promise.all([image.manifest(), image.config(), image.layers()]);
  return {
    shown,
    digest: (await descriptorOf(image)).digest,
    layers: layerDocuments(manifest.value, config.value),
    contents: await withKeptContents(environment, (cache) => readContents(layers, cache, ctx)),
  };
}

/** What was opened, for people. */
export function openedLines(place: string, { shown, digest }: OpenedImage, style: Styler): string[] {
  const { platform, chosenBecause } = shown;
  const chosen = printable(platform) + (chosenBecause ? style('dim', ` (${chosenBecause})`) : '');
  return [
    style('bold', place),
    ...formatFields([
      ['digest', [digest]],
      ['platform', [chosen]],
    ]),
  ];
}
