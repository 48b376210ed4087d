import { formatBytes } from '../output/format-bytes.ts';
import { formatSeconds } from '../progress/format-seconds.ts';
import type { RegistryTally } from './push-tally.ts';

/** One line for each registry: what was sent, and what need not be. */
export function pushSummary(registries: readonly RegistryTally[]): string {
  const lines = registries.map(({ registry, sentBytes, blobs, manifests, durationMs }) => {
    const counts = [
      `${count(blobs.sent, 'blob')} sent`,
      ...(blobs.mounted > 0 ? [`${blobs.mounted} mounted`] : []),
      ...(blobs.present > 0 ? [`${blobs.present} already there`] : []),
      manifests.sent > 0 ? `${count(manifests.sent, 'manifest')} sent` : 'manifests already there',
    ];
    return `  ${registry}  ${formatBytes(sentBytes)} in ${formatSeconds(durationMs)}: ${counts.join(', ')}\n`;
  });
  return lines.join('');
}

function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`;
}
