import { readFileSync } from 'node:fs';
import { directory, file, type Layer, type TarEntry } from '@catamaran/oci';
import { plainLayerOf } from './test-image.ts';

/** This machine's Node with the libraries it loads: enough to run JavaScript in an otherwise empty root. */
export function nodeLayer(): Promise<Layer> {
  const { sharedObjects } = process.report.getReport() as unknown as { sharedObjects: string[] };
  const libraries = sharedObjects.filter((path) => path.startsWith('/') && path !== process.execPath);
  const entries: TarEntry[] = [directory('bin'), file('bin/node', readFileSync(process.execPath), 0o755)];
  for (const path of libraries) entries.push(file(path.slice(1), readFileSync(path), 0o755));
  return plainLayerOf(...entries);
}
