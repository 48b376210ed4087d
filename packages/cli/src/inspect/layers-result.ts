import { imageUse } from '@catamaran/check/look';
import type { CommandResult } from '../process/run-command.ts';
import type { Styler } from '../process/styler.ts';
import type { Terminal } from '../process/terminal.ts';
import { layersDocument } from './layers-document.ts';
import { layersText } from './layers-text.ts';
import { type OpenedImage, openedLines } from './opened-image.ts';

/** What `catamaran inspect --layers` prints. */
export function layersResult(
  place: string,
  opened: OpenedImage,
  { all = false }: { readonly all?: boolean },
  { isTTY, columns }: Pick<Terminal, 'isTTY' | 'columns'>,
  style: Styler,
): CommandResult {
  const { digest, shown, layers, contents } = opened;
  const document = layersDocument({ digest, platform: shown.platform }, layers, imageUse(contents));
  const text = layersText(document, { all, ...(isTTY ? { columns } : {}) }, style);
  const lines = [...openedLines(place, opened, style), '', ...text];
  return { document: { reference: place, ...document }, text: `${lines.join('\n')}\n` };
}
