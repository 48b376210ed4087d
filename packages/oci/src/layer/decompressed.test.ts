import { gzipSync, zstdCompressSync } from 'node:zlib';
import { expect, it } from 'vitest';
import { digestOf } from '../model/digest.ts';
import { collectBytes, streamOf } from './byte-stream.ts';
import { decompressed } from './decompressed.ts';

const tar = Buffer.alloc(2000, 'tar');

it.each([
  ['application/vnd.oci.image.layer.v1.tar', tar],
  ['application/vnd.oci.image.layer.v1.tar+gzip', gzipSync(tar)],
  ['application/vnd.oci.image.layer.v1.tar+zstd', zstdCompressSync(tar)],
  ['application/vnd.docker.image.rootfs.diff.tar.gzip', gzipSync(tar)],
  ['application/vnd.docker.image.rootfs.diff.tar.zstd', zstdCompressSync(tar)],
])('%s is decompressed', async (mediaType, blob) => {
  const descriptor = { mediaType, digest: digestOf(blob), size: blob.byteLength };
  expect(Buffer.from(await collectBytes(decompressed(streamOf(blob), descriptor)))).toEqual(tar);
});
