import type { Readable } from 'node:stream';
import { setImmediate as turn } from 'node:timers/promises';
import type { ByteStream } from './byte-stream.ts';

/**
 * What a stream gives, piece by piece as it comes. Its own iterator puts together what has come meanwhile, which copies
 * nearly all where the reader is the slower one, and gives on what there is without a turn of the event loop, in which
 * whoever makes the next pieces could be told to go on.
 * @param maxWaitingBytes the stream is told to wait when so many have not been asked for
 */
export async function* piecesOf(stream: Readable, maxWaitingBytes: number): ByteStream {
  const waiting: Uint8Array[] = [];
  let waitingBytes = 0;
  let isOver = false;
  let failure: { readonly error: unknown } | undefined;
  let wake = () => {};
  stream.on('data', (piece: Uint8Array) => {
    waiting.push(piece);
    waitingBytes += piece.byteLength;
    if (waitingBytes >= maxWaitingBytes) stream.pause();
    wake();
  });
  stream.once('error', (error) => {
    failure = { error };
    wake();
  });
  // Also of one that is destroyed before its end: nothing more will come.
  stream.once('close', () => {
    isOver = true;
    wake();
  });
  for (;;) {
    const piece = waiting.shift();
    if (piece) {
      waitingBytes -= piece.byteLength;
      if (stream.isPaused() && waitingBytes < maxWaitingBytes) stream.resume();
      yield piece;
      if (waiting.length > 0) await turn();
    } else if (failure) throw failure.error;
    else if (isOver) return;
    else {
      await new Promise<void>((resolve) => {
        wake = resolve;
      });
    }
  }
}
