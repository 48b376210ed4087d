import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { collectBytes } from '../layer/byte-stream.ts';
import type { Layer } from '../layer/layer.ts';
import { mediaTypes } from '../model/media-types.ts';
import { directory, file, symlink, type TarEntry } from '../tar/tar-entry.ts';
import { layerOf, memoryLayer, tarOf } from '../testing/memory-layer.ts';
import { readLayer, treeEntry } from './tree-entry.ts';

const hardlink = (path: string, target: string): TarEntry => ({
  type: 'hardlink',
  path,
  target,
  mode: 0o644,
});

async function read(layer: Layer) {
  const entries = [];
  for await (const entry of readLayer(layer)) {
    const content = Buffer.from(await collectBytes(entry.content())).toString();
    entries.push({ ...treeEntry(entry), content });
  }
  return entries;
}

describe('readLayer', () => {
  it('gives the entries with their contents', async () => {
    const layer = await layerOf(
      directory('a', 0o700),
      { ...file('./a/b', 'b'), uid: 1, gid: 2 },
      symlink('c', '../a'),
    );
    expect(await read(layer)).toEqual([
      { path: 'a', type: 'directory', mode: 0o700, uid: 0, gid: 0, sizeBytes: 0, target: '', content: '' },
      { path: 'a/b', type: 'file', mode: 0o644, uid: 1, gid: 2, sizeBytes: 1, target: '', content: 'b' },
      { path: 'c', type: 'symlink', mode: 0o777, uid: 0, gid: 0, sizeBytes: 0, target: '../a', content: '' },
    ]);
  });

  it.each([
    ['a path that begins with ..', file('../passwd', '')],
    ['a path that leaves later', file('a/../../passwd', '')],
    ['a folder', directory('..')],
    ['a symlink of such a name', symlink('../a', 'b')],
    ['a hard link to the outside', hardlink('a', '../../etc/passwd')],
    ['a hard link that leaves later', hardlink('a', './b/../../etc/passwd')],
  ])('refuses %s, and names layer and path', async (_, entry) => {
    const layer = await layerOf(file('good', ''), entry);
    const { digest } = await layer.descriptor();
    await expect(read(layer)).rejects.toMatchObject({
      code: 'CATA_TAR_PATH_UNSAFE',
      message: expect.stringContaining(`"${entry.path}"`),
      details: { archive: digest },
    });
  });

  it('refuses a path that nobody could unpack', async () => {
    const [fitting, deep] = [8192, 8193].map((length) => 'd/'.repeat(length / 2) + (length % 2 ? 'd' : ''));
    expect(await read(await layerOf(file(`${fitting?.slice(0, -1)}f`, '')))).toHaveLength(1);
    await expect(read(await layerOf(file(deep ?? '', '')))).rejects.toMatchObject({
      code: 'CATA_LAYER_UNREADABLE',
      message: expect.stringContaining('8193 characters'),
    });
  });

  it('refuses what is made to fill the memory, a few bytes for thousands of folders', async () => {
    const deep = (at: number) => file(`${at}/${'d/'.repeat(2000)}f`, '');
    const many = Array.from({ length: 600 }, (_, at) => deep(at));
    await expect(read(await layerOf(...many))).rejects.toMatchObject({
      code: 'CATA_LAYER_UNREADABLE',
      message: expect.stringContaining('a million folders'),
    });
    const together = Array.from({ length: 600 }, (_, at) => file(`${'d/'.repeat(2000)}${at}`, ''));
    expect(await read(await layerOf(...together))).toHaveLength(600);
  });

  it('lets a symlink point where it likes: that is for whoever follows it', async () => {
    const [entry] = await read(await layerOf(symlink('a', '../../../etc/passwd')));
    expect(entry?.target).toBe('../../../etc/passwd');
  });

  const whole = tarOf(file('a', 'x'.repeat(2000)), file('b', ''));
  it.each([
    ['is cut short in a header', whole.subarray(0, 100)],
    ['is cut short in a content', whole.subarray(0, 1500)],
    ['has no end', whole.subarray(0, whole.byteLength - 1024)],
    ['is no tar', Buffer.alloc(2048, 'no tar ')],
  ])('says which layer cannot be read when its archive %s', async (_, tar) => {
    const plain = memoryLayer(tar, tar, mediaTypes.layerTar);
    for (const layer of [plain, memoryLayer(gzipSync(tar), tar)]) {
      const { digest } = await layer.descriptor();
      const unreadable = { code: 'CATA_LAYER_UNREADABLE', message: expect.stringContaining(digest) };
      await expect(read(layer)).rejects.toMatchObject(unreadable);
    }
  });

  it('says so, too, when the compression is damaged within a content', async () => {
    const compressed = gzipSync(tarOf(file('a', Buffer.alloc(500_000, 'abc'))));
    const layer = memoryLayer(compressed.subarray(0, compressed.byteLength - 200), whole);
    await expect(read(layer)).rejects.toMatchObject({ code: 'CATA_LAYER_UNREADABLE' });
  });

  it('leaves the errors of whoever reads it alone', async () => {
    const reading = async () => {
      for await (const _ of readLayer(await layerOf(file('a', '')))) throw new Error('of the reader');
    };
    await expect(reading()).rejects.toThrow(/^of the reader$/);
  });
});
