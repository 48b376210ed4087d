import { describe, expect, it } from 'vitest';
import type { Blob } from '../../content/blob.ts';
import { collectBytes } from '../../layer/byte-stream.ts';
import { digestOf } from '../../model/digest.ts';
import { mediaTypes } from '../../model/media-types.ts';
import { BlobCursor } from './blob-cursor.ts';

const bytes = Buffer.from('0123456789');

/** A blob in pieces of three bytes, which come when they are let through. */
function gatedBlob(sizeBytes = bytes.byteLength) {
  const opened: number[] = [];
  let closed = 0;
  const gates: (() => void)[] = [];
  let isOpen = true;
  const blob: Blob = {
    descriptor: { mediaType: mediaTypes.layerTar, digest: digestOf(bytes), size: sizeBytes },
    async *open(startBytes = 0) {
      opened.push(startBytes);
      try {
        for (let at = startBytes; at < bytes.byteLength; at += 3) {
          if (!isOpen) await new Promise<void>((resolve) => gates.push(resolve));
          yield bytes.subarray(at, at + 3);
        }
      } finally {
        closed += 1;
      }
    },
  };
  return {
    blob,
    opened,
    get closed() {
      return closed;
    },
    shut: () => {
      isOpen = false;
    },
    letThrough: () => {
      isOpen = true;
      for (const open of gates.splice(0)) open();
    },
  };
}

const read = async (cursor: BlobCursor, start: number, size: number) =>
  Buffer.from(await collectBytes(cursor.read(start, size))).toString();

describe('BlobCursor', () => {
  it('reads part after part from one stream, whatever the pieces are', async () => {
    const { blob, opened } = gatedBlob();
    await using cursor = new BlobCursor(blob, new AbortController().signal);
    expect([await read(cursor, 0, 4), await read(cursor, 4, 1), await read(cursor, 5, 5)]).toEqual([
      '0123',
      '4',
      '56789',
    ]);
    expect(opened).toEqual([0]);
  });

  it('opens the blob anew where it has to go back, or on', async () => {
    const source = gatedBlob();
    await using cursor = new BlobCursor(source.blob, new AbortController().signal);
    expect([await read(cursor, 0, 4), await read(cursor, 2, 4), await read(cursor, 8, 2)]).toEqual([
      '0123',
      '2345',
      '89',
    ]);
    expect(source.opened).toEqual([0, 2, 8]);
    expect(source.closed).toBe(2);
  });

  it('gives a part all of its bytes, though whoever read before still waits for his', async () => {
    const source = gatedBlob();
    await using cursor = new BlobCursor(source.blob, new AbortController().signal);
    source.shut();
    const abandoned = cursor.read(0, 10)[Symbol.asyncIterator]();
    const waiting = abandoned.next();
    const parts = read(cursor, 0, 10);
    await new Promise((resolve) => setImmediate(resolve));
    source.letThrough();
    expect(await parts).toBe('0123456789');
    expect(await waiting).toMatchObject({ done: true });
    expect(cursor.failure).toBeUndefined();
  });

  it('tells that a blob ends before its time, and remembers it', async () => {
    const { blob } = gatedBlob(12);
    await using cursor = new BlobCursor(blob, new AbortController().signal);
    await expect(read(cursor, 0, 12)).rejects.toMatchObject({
      code: 'CATA_SIZE_MISMATCH',
      message: `The blob ${digestOf(bytes)} to be pushed has 10 bytes, but 12 were announced.`,
    });
    expect(cursor.failure).toHaveProperty('code', 'CATA_SIZE_MISMATCH');
  });

  it('closes the blob in the end, and does not wait for one that never comes', async () => {
    const source = gatedBlob();
    {
      await using cursor = new BlobCursor(source.blob, new AbortController().signal);
      await read(cursor, 0, 4);
    }
    expect(source.closed).toBe(1);
    const cursor = new BlobCursor(source.blob, new AbortController().signal);
    source.shut();
    void cursor.read(0, 10)[Symbol.asyncIterator]().next();
    await cursor[Symbol.asyncDispose]();
    source.letThrough();
  });
});
