import type { Context } from '../context/context.ts';
import { runStep } from '../context/run-step.ts';
import type { ByteStream } from '../layer/byte-stream.ts';
import type { Blob } from './blob.ts';

/** Told as a transfer goes on; the position goes back when something has to be sent again. */
export type OnPosition = (positionBytes: number) => void;

/** Smaller ones come and go faster than anybody reads. */
const worthShowingBytes = 1024 * 1024;
/** As often as anybody can read it. */
const everyMs = 100;

/**
 * Runs the transfer of a large blob as a step that says how far it is and, in the end, what it was: "12.3 of 45.6 MB,
 * 8.1 MB/s". A small one's is no step.
 * @param title without the digest: `Send`, `Fetch`
 * @param place from where or to where, with its preposition
 */
export async function transferStep(
  title: string,
  place: string,
  { descriptor: { digest, size } }: Blob,
  ctx: Context,
  transfer: (onPosition: OnPosition) => Promise<void>,
): Promise<void> {
  if (size < worthShowingBytes) return transfer(() => {});
  const startedMs = ctx.clock.now();
  let shownMs = startedMs;
  await runStep(
    `${title} ${digest} ${place}`,
    `${title} ${digest.slice(7, 19)} ${place}`,
    ctx,
    async (step) => {
      await transfer((positionBytes) => {
        const nowMs = ctx.clock.now();
        if (nowMs - shownMs < everyMs) return;
        shownMs = nowMs;
        const passed = `${megabytes(positionBytes)} of ${megabytes(size)} MB`;
        step.progress(`${passed}, ${rate(positionBytes, nowMs - startedMs)}`);
      });
      step.conclude(`${megabytes(size)} MB, ${rate(size, ctx.clock.now() - startedMs)}`);
    },
  );
}

/** What a blob is fetched by: a step where it comes from a registry, and nothing to be seen where it is at hand. */
export async function fetchStep(
  blob: Blob,
  ctx: Context,
  keep: (content: ByteStream) => Promise<unknown>,
): Promise<void> {
  // What is kept on this machine tells by itself when it has to be fetched.
  if (!blob.origin || blob.path !== undefined) await keep(blob.open(0, ctx.signal));
  else {
    const { registry, repository } = blob.origin;
    await transferStep('Fetch', `from ${registry}/${repository}`, blob, ctx, async (onPosition) => {
      await keep(watched(blob.open(0, ctx.signal), onPosition));
    });
  }
}

async function* watched(stream: ByteStream, onPosition: OnPosition): ByteStream {
  let positionBytes = 0;
  for await (const chunk of stream) {
    positionBytes += chunk.byteLength;
    onPosition(positionBytes);
    yield chunk;
  }
}

function megabytes(sizeBytes: number): string {
  return (sizeBytes / 1e6).toFixed(1);
}

function rate(sizeBytes: number, durationMs: number): string {
  return `${(sizeBytes / 1000 / Math.max(1, durationMs)).toFixed(1)} MB/s`;
}
