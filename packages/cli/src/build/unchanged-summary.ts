import { formatSeconds } from '../progress/format-seconds.ts';
import type { BuildDocument } from './build-document.ts';

/** What a person wants to know of a build that had nothing to do. */
export function unchangedSummary({ name, layout, durationMs, platforms }: BuildDocument): string {
  const what = platforms.map(({ platform }) => platform).join(' and ');
  return `${name} unchanged, ${formatSeconds(durationMs)} → oci:${layout}:${name}, for ${what}\n`;
}
