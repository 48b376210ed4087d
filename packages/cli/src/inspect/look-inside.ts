import type { Context, Image, ImageIndex } from '@catamaran/oci';
import type { CommandResult, CommandSurroundings } from '../process/run-command.ts';
import { styler } from '../process/styler.ts';
import { layersResult } from './layers-result.ts';
import { openImage } from './opened-image.ts';
import { type TreeFlags, treeResult } from './tree-result.ts';

/** What is asked for, and where it was found. */
interface Asked {
  readonly text: string;
  /** As it is shown. */
  readonly place: string;
  readonly flags: TreeFlags & { readonly platform?: string; readonly tree?: boolean };
}

/** `catamaran inspect --tree` and `--layers`: what needs the contents of layers. */
export async function lookInside(
  found: Image | ImageIndex,
  { text, place, flags }: Asked,
  { environment, stdout }: Pick<CommandSurroundings, 'environment' | 'stdout'>,
  ctx: Context,
): Promise<CommandResult> {
  const what = flags.tree ? 'a tree of files' : 'what its layers hold';
  const opened = await openImage(found, { text, platform: flags.platform, what }, environment, ctx);
  const style = styler(stdout.color);
  if (flags.tree) return treeResult(place, opened, flags, style);
  return layersResult(place, opened, flags, stdout, style);
}
