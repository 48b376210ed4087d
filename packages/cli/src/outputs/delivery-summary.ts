import { formatBytes } from '../output/format-bytes.ts';
import type { Delivered } from './deliveries.ts';

/** One line for each place that an image was delivered to. */
export function deliverySummary({ outputs = [], loaded }: Delivered): string {
  const lines = outputs.map(
    ({ type, dest, name, platforms, digest }) =>
      `  → ${dest === '-' ? `stdout, as ${type}` : `${type}:${dest}`}:${name}  ${platforms.join(', ')}  ${digest}\n`,
  );
  if (loaded) {
    const { engine, names, platforms, sentBytes } = loaded;
    lines.push(
      `  → ${engine}: ${names.join(', ')}  ${platforms.join(', ')}, ${formatBytes(sentBytes)} sent\n`,
    );
  }
  return lines.join('');
}
