import { formatBytes } from '../output/format-bytes.ts';
import { type Field, formatFields } from '../output/format-fields.ts';
import { formatTable } from '../output/format-table.ts';
import { printable } from '../output/printable.ts';
import type { Styler } from '../process/styler.ts';
import type { ImageDocument } from './image-document.ts';

/** Longer ones are whole scripts; --json has them in full. */
const longestLine = 160;

/** An image for people. */
export function imageText(image: ImageDocument, style: Styler): string[] {
  const { config, layers, compressedBytes } = image;
  const isCompressed = layers.every(({ mediaType }) => !mediaType.endsWith('tar'));
  const fields: readonly Field[] = [
    ['digest', [image.digest]],
    ['media type', [image.mediaType]],
    ['platform', [printable(image.platform)]],
    ['created', [printable(image.created)]],
    ['author', [printable(image.author)]],
    ['config', [`${config.digest}  ${formatBytes(config.sizeBytes)}`]],
    ['user', [printable(image.user) || 'root, as none is named']],
    ['entrypoint', [command(image.entrypoint)]],
    ['cmd', [command(image.cmd)]],
    ['working dir', [printable(image.workingDir)]],
    ['env', image.env.map(printable)],
    ['ports', image.exposedPorts.map(printable)],
    ['volumes', image.volumes.map(printable)],
    ['stop signal', [printable(image.stopSignal)]],
    ['labels', namedLines(image.labels)],
    ['annotations', namedLines(image.annotations)],
    ['layers', [`${layers.length}, ${formatBytes(compressedBytes)}${isCompressed ? ' compressed' : ''}`]],
  ];
  const rows = layers.map(({ sizeBytes, digest, createdBy }) => [
    formatBytes(sizeBytes),
    digest,
    shortened(printable(createdBy ?? '')),
  ]);
  return [...formatFields(fields), '', ...headed(['size', 'layer', 'made by'], rows, [0], style)];
}

/** A table under its titles; nothing where there are no rows. */
export function headed(
  titles: readonly string[],
  rows: readonly (readonly string[])[],
  right: readonly number[],
  style: Styler,
): string[] {
  if (rows.length === 0) return [];
  const [head = '', ...lines] = formatTable([titles, ...rows], right);
  return [style('dim', head), ...lines];
}

export function namedLines(named: Readonly<Record<string, string>>): string[] {
  return Object.entries(named).map(([name, value]) => `${printable(name)}=${printable(value)}`);
}

/** As Docker's files have it: where an argument ends is to be seen. */
function command(words: readonly string[]): string | undefined {
  return words.length === 0 ? undefined : printable(JSON.stringify(words));
}

/** Cut where it is a whole script. */
export function shortened(line: string, longest: number = longestLine): string {
  return line.length > longest ? `${line.slice(0, longest - 1)}…` : line;
}
