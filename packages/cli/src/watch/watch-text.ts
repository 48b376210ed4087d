import type { BuildDocument } from '../build/build-document.ts';
import { formatBytes } from '../output/format-bytes.ts';
import type { Styler } from '../process/styler.ts';
import { formatSeconds } from '../progress/format-seconds.ts';
import type { Change } from './changes.ts';
import { type BuildDifference, shownPath } from './watch-result.ts';

/** More are only counted. */
const mostShown = 8;

/** Which files changed, one on each line. */
export function changesText(changes: readonly Change[], folder: string, style: Styler): string {
  const lines = changes
    .slice(0, mostShown)
    .map(({ path, how }) => `${style('cyan', how)}  ${shownPath(path, folder)}`);
  const more = changes.length - lines.length;
  return `\n${[...lines, ...(more > 0 ? [`… and ${more} more`] : [])].join('\n')}\n`;
}

/** What a rebuild made that was not there before. */
export function rebuildSummary(document: BuildDocument, difference: BuildDifference): string {
  const { name, digest, layout, durationMs, platforms } = document;
  const took = formatSeconds(durationMs);
  if (digest === difference.previousDigest) return `${name} in ${took}: the same image as before\n`;
  const changed = difference.platforms.join(' and ') || 'no platform';
  const lines = difference.newLayers.map(
    (layer) =>
      `  new layer  ${formatBytes(layer.sizeBytes)}, ${layer.platforms.length === platforms.length && platforms.length > 1 ? 'shared by all' : layer.platforms.join(', ')}  ${layer.digest}\n`,
  );
  const without = lines.length === 0 ? '  no layer is new\n' : lines.join('');
  return `${name} in ${took} → oci:${layout}:${name}\n  changed    ${changed}\n${without}`;
}
