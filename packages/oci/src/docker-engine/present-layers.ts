import type { Context } from '../context/context.ts';
import { familiarName } from '../docker-archive/familiar-name.ts';
import type { Image } from '../image/image.ts';
import type { Digest } from '../model/digest.ts';
import type { Reference } from '../model/reference.ts';
import type { ContainerEngine } from './container-engine.ts';

/**
 * How many of the lowest layers of an image an engine has from what it knows by the same name: all but the
 * application, mostly. Only Docker's own image store takes an archive that lacks them.
 */
export async function presentLayers(
  { kind, connection }: ContainerEngine,
  image: Image,
  name: Reference,
  ctx: Context,
): Promise<number> {
  if (kind !== 'docker') return 0;
  try {
    const { status, text } = await connection.get(`/images/${familiarName(name)}/json`, ctx);
    if (status !== 200) return 0;
    const { RootFS: root } = JSON.parse(text) as { RootFS?: { Layers?: readonly string[] } };
    return sharedLayers((await image.config()).value.rootfs.diff_ids, root?.Layers ?? []);
  } catch {
    ctx.signal.throwIfAborted();
    // Then all of them are sent.
    return 0;
  }
}

function sharedLayers(diffIds: readonly Digest[], others: readonly string[]): number {
  const differs = diffIds.findIndex((diffId, at) => others[at] !== diffId);
  return differs < 0 ? diffIds.length : differs;
}
