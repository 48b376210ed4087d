import { gzipSync, zstdCompressSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { digestOf } from '../model/digest.ts';
import { mediaTypes } from '../model/media-types.ts';
import { file } from '../tar/tar-entry.ts';
import { memoryLayer, piecesOf, tarOf } from '../testing/memory-layer.ts';
import { blobLayer } from './blob-layer.ts';
import { collectBytes } from './byte-stream.ts';

const tar = tarOf(file('a', 'x'.repeat(5000)));
const gzip = gzipSync(tar);

describe('blobLayer', () => {
  it('gives the blob as it is, and what is in it, any number of times', async () => {
    const layer = memoryLayer(gzip, tar);
    for (let times = 0; times < 2; times++) {
      expect(await collectBytes(layer.compressed())).toEqual(gzip);
      expect(await collectBytes(layer.uncompressed())).toEqual(tar);
    }
    expect(await layer.diffId()).toBe(digestOf(tar));
    expect((await layer.descriptor()).digest).toBe(digestOf(gzip));
  });

  it('leaves alone what is not compressed', async () => {
    const layer = memoryLayer(tar, tar, mediaTypes.layerTar);
    expect(await collectBytes(layer.uncompressed())).toEqual(tar);
  });

  it.each([
    ['is cut short', gzip.subarray(0, gzip.byteLength - 9)],
    ['is no gzip', Buffer.from('no gzip at all')],
    ['has another checksum', Buffer.concat([gzip.subarray(0, -8), Buffer.alloc(4), gzip.subarray(-4)])],
  ])('says which layer cannot be read when the blob %s', async (_, blob) => {
    await expect(collectBytes(memoryLayer(blob, tar).uncompressed())).rejects.toMatchObject({
      code: 'CATA_LAYER_UNREADABLE',
      message: expect.stringContaining(digestOf(blob)),
    });
  });

  it('says so, too, when the source breaks off, and why', async () => {
    const open = async function* () {
      yield gzip.subarray(0, 20);
      throw new Error('connection lost');
    };
    const descriptor = { mediaType: mediaTypes.layerGzip, digest: digestOf(gzip), size: gzip.byteLength };
    const layer = blobLayer({ descriptor, diffId: digestOf(tar), open });
    await expect(collectBytes(layer.uncompressed())).rejects.toMatchObject({
      code: 'CATA_LAYER_UNREADABLE',
      message: expect.stringContaining('connection lost'),
    });
  });

  it('reads zstd, and passes on no byte that the digest does not cover', async () => {
    const zstd = zstdCompressSync(tar);
    expect(await collectBytes(memoryLayer(zstd, tar, mediaTypes.layerZstd).uncompressed())).toEqual(tar);
    const descriptor = { mediaType: mediaTypes.layerTar, digest: digestOf('another'), size: tar.byteLength };
    const layer = blobLayer({ descriptor, diffId: digestOf(tar), open: () => piecesOf(tar) });
    await expect(collectBytes(layer.compressed())).rejects.toMatchObject({ code: 'CATA_DIGEST_MISMATCH' });
    const endless = blobLayer({ descriptor, diffId: digestOf(tar), open: () => piecesOf(tar, tar, tar) });
    await expect(collectBytes(endless.uncompressed())).rejects.toMatchObject({ code: 'CATA_SIZE_MISMATCH' });
  });

  it('refuses a layer that grows without end', async () => {
    const bomb = gzipSync(Buffer.alloc(2 ** 30 + 1), { level: 9 });
    const layer = memoryLayer(bomb, tar);
    let passedBytes = 0;
    await expect(
      (async () => {
        for await (const chunk of layer.uncompressed()) passedBytes += chunk.byteLength;
      })(),
    ).rejects.toMatchObject({ code: 'CATA_LAYER_BOMB', message: expect.stringContaining(digestOf(bomb)) });
    expect(passedBytes).toBeLessThanOrEqual(2 ** 30);
  });

  it('lets go of the source when the reader has had enough', async () => {
    let closed = false;
    const open = async function* () {
      try {
        for (;;) yield gzip;
      } finally {
        closed = true;
      }
    };
    const descriptor = {
      mediaType: mediaTypes.layerGzip,
      digest: digestOf(gzip),
      size: Number.MAX_SAFE_INTEGER,
    };
    for await (const _ of blobLayer({ descriptor, diffId: digestOf(tar), open }).uncompressed()) break;
    await expect.poll(() => closed).toBe(true);
  });
});

it('collectBytes joins the chunks', async () => {
  expect(await collectBytes(piecesOf(Buffer.from('a'), Buffer.from(''), Buffer.from('bc')))).toEqual(
    Buffer.from('abc'),
  );
  expect(await collectBytes([])).toHaveLength(0);
});
