import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync } from 'node:fs';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Image } from '@catamaran/oci';

/** Unpacks the layers of an image that were made by what `wanted` says, with GNU tar. */
export async function unpackLayers(
  image: Image,
  folder: string,
  wanted: (createdBy: string) => boolean,
): Promise<void> {
  mkdirSync(folder, { recursive: true });
  const history = ((await image.config()).value.history ?? []).filter((entry) => !entry.empty_layer);
  for (const [at, layer] of (await image.layers()).entries()) {
    if (!wanted(history[at]?.created_by ?? '')) continue;
    const args = ['--extract', '--gzip', '--no-same-owner', `--directory=${folder}`];
    const tar = spawn('tar', args, { stdio: ['pipe', 'inherit', 'inherit'] });
    const closed = once(tar, 'close');
    await pipeline(Readable.from(layer.compressed()), tar.stdin);
    const [exitCode] = await closed;
    if (exitCode !== 0) throw new Error(`tar ended with ${exitCode}`);
  }
}
