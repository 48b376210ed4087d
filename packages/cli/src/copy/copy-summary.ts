import { formatSeconds } from '../progress/format-seconds.ts';
import { pushSummary } from '../push/push-summary.ts';
import type { CopyDocument } from './copy-document.ts';

/** What a person wants to know of a copy. */
export function copySummary(document: CopyDocument): string {
  const { from, to, digest, sourceDigest, platforms, leftOut, durationMs, registries } = document;
  const lines = [`\n${from} in ${formatSeconds(durationMs)} → ${to}`];
  if (platforms.length > 0) lines.push(`  ${platforms.join(', ')}`);
  if (leftOut.length > 0) lines.push(`  left out: ${leftOut.join(', ')}`);
  if (digest !== sourceDigest) lines.push(`  ${whyChanged(document)}: its digest was ${sourceDigest}`);
  return `${lines.join('\n')}\n${pushSummary(registries)}`;
}

function whyChanged({ leftOut }: CopyDocument): string {
  return leftOut.length > 0 ? 'so it is another index' : 'it had to be written in another form';
}
