import { execFileSync } from 'node:child_process';
import {
  type Context,
  collectBytes,
  createContext,
  type Layer,
  type ReadEntry,
  readLayer,
} from '@catamaran/oci';

/** An entry of a layer, with a file's content as text. */
export interface ListedEntry extends Omit<ReadEntry, 'content'> {
  readonly text: string;
}

export async function listLayer(layer: Layer): Promise<ListedEntry[]> {
  const entries: ListedEntry[] = [];
  for await (const { content, ...entry } of readLayer(layer)) {
    const text = entry.type === 'file' ? Buffer.from(await collectBytes(content())).toString('utf8') : '';
    entries.push({ ...entry, text });
  }
  return entries;
}

/** What GNU tar lists of a gzip-compressed archive, in its long format; throws where tar complains. */
export function tarList(compressed: Uint8Array): string[] {
  return execFileSync('tar', ['-tvzf', '-', '--numeric-owner', '--utc'], {
    input: compressed,
    stdio: ['pipe', 'pipe', 'inherit'],
  })
    .toString('utf8')
    .trim()
    .split('\n');
}

/** A context that keeps what it is told. */
export function recordingContext(parts: Partial<Context> = {}) {
  const steps: string[] = [];
  const warnings: string[] = [];
  const ctx = createContext({
    ...parts,
    emit: (event) => {
      if (event.type === 'step.started') steps.push(event.title);
      if (event.type === 'warning') warnings.push(event.message);
    },
  });
  return { ctx, steps, warnings };
}
