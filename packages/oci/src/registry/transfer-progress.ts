import type { Context } from '../context/context.ts';
import type { Step } from '../context/run-step.ts';

/** As often as anybody can read it. */
const everyMs = 100;

/** Shows how far a transfer is while it runs, and what it was when it is done: "12.3 of 45.6 MB, 8.1 MB/s". */
export async function showTransfer(
  step: Step,
  sizeBytes: number,
  ctx: Context,
  transfer: (onPosition: (positionBytes: number) => void) => Promise<void>,
): Promise<void> {
  const startedMs = ctx.clock.now();
  let shownMs = startedMs;
  await transfer((positionBytes) => {
    const nowMs = ctx.clock.now();
    if (nowMs - shownMs < everyMs) return;
    shownMs = nowMs;
    step.progress(
      `${megabytes(positionBytes)} of ${megabytes(sizeBytes)} MB, ${rate(positionBytes, nowMs - startedMs)}`,
    );
  });
  step.conclude(`${megabytes(sizeBytes)} MB, ${rate(sizeBytes, ctx.clock.now() - startedMs)}`);
}

function megabytes(sizeBytes: number): string {
  return (sizeBytes / 1e6).toFixed(1);
}

function rate(sizeBytes: number, durationMs: number): string {
  return `${(sizeBytes / 1000 / Math.max(1, durationMs)).toFixed(1)} MB/s`;
}
