import type { Finding } from '@catamaran/check';
import { countFindings, countsText } from '../check/check-document.ts';
import { formatSeconds } from '../progress/format-seconds.ts';
import type { BuildDocument } from './build-document.ts';

/** What a person wants to know of a build that went well. */
export function buildSummary(document: BuildDocument): string {
  const shared = document.platforms[0]?.layers.filter((layer) => layer.shared) ?? [];
  const sharedBytes = shared.reduce((sum, layer) => sum + layer.sizeBytes, 0);
  const lines = document.platforms.map(
    ({ platform, sizeBytes, layers, elfFiles, findings }) =>
      `  ${platform}  ${formatMegabytes(sizeBytes)} in ${layers.length} layers, ${elfFiles} ELF files fit${foundText(findings)}`,
  );
  if (shared.length > 0) {
    lines.push(`  shared by all: ${shared.length} layers, ${formatMegabytes(sharedBytes)}`);
  }
  const place = `${document.layout}:${document.name}`;
  return `\n${document.name} in ${formatSeconds(document.durationMs)} → oci:${place}\n${lines.join('\n')}\n`;
}

/** What failed no build, and is shown by `catamaran check`. */
function foundText(findings: readonly Finding[]): string {
  return findings.length === 0 ? '' : `; ${countsText(countFindings(findings))}`;
}

function formatMegabytes(sizeBytes: number): string {
  return `${(sizeBytes / 1e6).toFixed(1)} MB`;
}
