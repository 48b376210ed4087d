import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { collectBytes } from '../layer/byte-stream.ts';
import { digestHex, digestOf } from '../model/digest.ts';
import { temporaryFolder } from '../testing/temporary-folder.ts';
import { blobStore } from './blob-store.ts';

const hello = Buffer.from('Hello');
const digest = digestOf(hello);
const never = new AbortController().signal;

/** The names of all files, the unfinished ones included. */
function files(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => entry.name);
}

describe('blobStore', () => {
  it('keeps a blob under its digest and reads it back', async () => {
    const folder = temporaryFolder();
    const blobs = blobStore(folder);
    expect(await blobs.has(digest, 5)).toBe(false);
    await blobs.write(digest, [hello.subarray(0, 2), hello.subarray(2)], never);
    expect(blobs.path(digest)).toBe(join(folder, 'sha256', digestHex(digest)));
    expect(readFileSync(blobs.path(digest), 'utf8')).toBe('Hello');
    expect(await blobs.has(digest, 5)).toBe(true);
    expect(await collectBytes(blobs.read(digest))).toEqual(hello);
    expect(files(folder)).toEqual([digestHex(digest)]);
  });

  it('finds the digest out when it is not known', async () => {
    const blobs = blobStore(temporaryFolder());
    expect(await blobs.add([hello], never)).toEqual({ digest, sizeBytes: 5 });
    expect(await collectBytes(blobs.read(digest))).toEqual(hello);
  });

  it('counts a torn blob as missing, and replaces it', async () => {
    const blobs = blobStore(temporaryFolder());
    mkdirSync(dirname(blobs.path(digest)), { recursive: true });
    writeFileSync(blobs.path(digest), 'Hel');
    expect(await blobs.has(digest, 5)).toBe(false);
    await blobs.write(digest, [hello], never);
    expect(await blobs.has(digest, 5)).toBe(true);
    expect(readFileSync(blobs.path(digest), 'utf8')).toBe('Hello');
  });

  it('leaves nothing of content that has another digest', async () => {
    const folder = temporaryFolder();
    const other = Buffer.from('Hullo');
    await expect(blobStore(folder).write(digest, [other], never)).rejects.toMatchObject({
      code: 'CATA_DIGEST_MISMATCH',
      details: { expected: digest, actual: digestOf(other) },
    });
    expect(files(folder)).toEqual([]);
  });

  it.each([
    ['more', 4, 'more than 4'],
    ['less', 6, 5],
  ])('leaves nothing of content that has %s bytes than announced', async (_, sizeBytes, actual) => {
    const folder = temporaryFolder();
    await expect(blobStore(folder).write(digest, [hello], never, sizeBytes)).rejects.toMatchObject({
      code: 'CATA_SIZE_MISMATCH',
      details: { expected: sizeBytes, actual },
    });
    expect(files(folder)).toEqual([]);
  });

  it('leaves nothing of content that breaks off', async () => {
    const folder = temporaryFolder();
    const content = async function* () {
      yield hello;
      throw new Error('connection lost');
    };
    await expect(blobStore(folder).add(content(), never)).rejects.toThrow('connection lost');
    expect(files(folder)).toEqual([]);
  });

  it('stops when it is told to, leaves nothing and closes the source', async () => {
    const folder = temporaryFolder();
    const controller = new AbortController();
    let closed = false;
    const content = async function* () {
      try {
        yield hello.subarray(0, 2);
        expect(files(folder)).toHaveLength(1);
        controller.abort(new Error('enough'));
        for (;;) yield hello;
      } finally {
        closed = true;
      }
    };
    await expect(blobStore(folder).write(digest, content(), controller.signal)).rejects.toThrow('enough');
    expect(files(folder)).toEqual([]);
    expect(closed).toBe(true);
  });

  it('shows nobody half a blob', async () => {
    const blobs = blobStore(temporaryFolder());
    const content = async function* () {
      yield hello.subarray(0, 2);
      expect(existsSync(blobs.path(digest))).toBe(false);
      yield hello.subarray(2);
    };
    await blobs.write(digest, content(), never);
    expect(existsSync(blobs.path(digest))).toBe(true);
  });

  it('bears several writers of the same blob', async () => {
    const folder = temporaryFolder();
    const blobs = blobStore(folder);
    await Promise.all([1, 2, 3, 4].map(() => blobs.write(digest, [hello], never)));
    expect(files(folder)).toEqual([digestHex(digest)]);
  });
});
