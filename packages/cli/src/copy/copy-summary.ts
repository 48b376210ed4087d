import { formatSeconds } from '../progress/format-seconds.ts';
import { pushSummary } from '../push/push-summary.ts';
import type { CopyDocument } from './copy-document.ts';

/** What a person wants to know of a copy. */
export function copySummary(document: CopyDocument): string {
  const { from, to, digest, sourceDigest, replaced, platforms, leftOut, durationMs, registries } = document;
  const lines = [`\n${from} in ${formatSeconds(durationMs)} → ${to}`];
  if (platforms.length > 0) lines.push(`  ${platforms.join(', ')}`);
  if (leftOut.length > 0) lines.push(`  left out: ${leftOut.join(', ')}`);
  if (replaced) lines.push(`  replaces ${replaced}`);
  if (digest !== sourceDigest) lines.push(`  ${whyChanged(document)} ${sourceDigest}`);
  return `${lines.join('\n')}\n${pushSummary(registries)}`;
}

function whyChanged({ to, converted }: CopyDocument): string {
  if (to.startsWith('docker-archive:')) return 'Docker’s archives hold images in another form; it was';
  if (converted) return 'Docker’s media types became OCI’s (--preserve-digests keeps them); it was';
  return 'without them it is another index; the one with all is';
}
