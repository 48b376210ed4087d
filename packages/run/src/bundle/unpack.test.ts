import { existsSync, lstatSync, readdirSync, readFileSync, readlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createContext, directory, file, type Layer, symlink, type TarEntry } from '@catamaran/oci';
import { describe, expect, it } from 'vitest';
import { requireTools } from '../testing/require-tool.ts';
import { temporaryFolder } from '../testing/temporary-folder.ts';
import { imageOf, layerOf } from '../testing/test-image.ts';
import { unpackImage } from './unpack.ts';

const hardlink = (path: string, target: string): TarEntry => ({
  type: 'hardlink',
  path,
  target,
  mode: 0o644,
});

async function unpack(...layers: readonly Layer[]): Promise<string> {
  const folder = join(temporaryFolder(), 'rootfs');
  await unpackImage(await imageOf(layers), folder, createContext());
  return folder;
}

describe.skipIf(!(await requireTools()))('unpackImage', () => {
  it('writes files, folders and links with their modes and owners', async () => {
    const folder = await unpack(
      await layerOf(
        { ...directory('srv', 0o2775), uid: 65532, gid: 100 },
        { ...file('srv/run', 'go', 0o4755), uid: 65532, gid: 65532 },
        { ...symlink('srv/now', '/srv/run'), uid: 7, gid: 8 },
        hardlink('srv/again', 'srv/run'),
      ),
    );
    expect(lstatSync(join(folder, 'srv'))).toMatchObject({ mode: 0o042775, uid: 65532, gid: 100 });
    expect(lstatSync(join(folder, 'srv/run'))).toMatchObject({ mode: 0o104755, uid: 65532, gid: 65532 });
    expect(lstatSync(join(folder, 'srv/now'))).toMatchObject({ uid: 7, gid: 8 });
    expect(readlinkSync(join(folder, 'srv/now'))).toBe('/srv/run');
    expect(lstatSync(join(folder, 'srv/again')).ino).toBe(lstatSync(join(folder, 'srv/run')).ino);
    expect(lstatSync(folder).mode).toBe(0o040755);
  });

  it('makes folders that no layer mentions', async () => {
    const folder = await unpack(await layerOf(file('a/b/c', 'deep')));
    expect(readFileSync(join(folder, 'a/b/c'), 'utf8')).toBe('deep');
    expect(lstatSync(join(folder, 'a')).mode).toBe(0o040755);
  });

  it('leaves out what later layers remove or replace', async () => {
    const folder = await unpack(
      await layerOf(directory('etc'), file('etc/gone', '1'), file('etc/kept', '1'), file('etc/new', 'old')),
      await layerOf(directory('opt'), file('opt/one', '1'), file('opt/two', '2')),
      await layerOf(
        file('etc/.wh.gone', ''),
        file('etc/new', 'new'),
        file('opt/.wh..wh..opq', ''),
        file('opt/three', '3'),
      ),
    );
    expect(readdirSync(join(folder, 'etc')).sort()).toEqual(['kept', 'new']);
    expect(readFileSync(join(folder, 'etc/new'), 'utf8')).toBe('new');
    expect(readdirSync(join(folder, 'opt'))).toEqual(['three']);
  });

  it('keeps the content of a hard link whose target a later layer replaces or removes', async () => {
    const folder = await unpack(
      await layerOf(file('a', 'first'), file('b', 'second')),
      await layerOf(hardlink('a-link', 'a'), hardlink('b-link', './b')),
      await layerOf(file('.wh.a', ''), file('b', 'replaced')),
    );
    expect(readFileSync(join(folder, 'a-link'), 'utf8')).toBe('first');
    expect(readFileSync(join(folder, 'b-link'), 'utf8')).toBe('second');
    expect(readFileSync(join(folder, 'b'), 'utf8')).toBe('replaced');
    expect(existsSync(join(folder, 'a'))).toBe(false);
  });

  it('refuses a hard link to nothing', async () => {
    await expect(unpack(await layerOf(hardlink('link', 'nowhere')))).rejects.toMatchObject({
      code: 'CATA_LAYER_LINK_BROKEN',
    });
  });

  it('says that the disk cannot be written, and which path it was at', async () => {
    const blocked = join(temporaryFolder(), 'file');
    writeFileSync(blocked, '');
    const image = await imageOf([await layerOf(file('a/b', ''))]);
    await expect(unpackImage(image, join(blocked, 'rootfs'), createContext())).rejects.toMatchObject({
      code: 'CATA_UNPACK_FAILED',
      message: expect.stringContaining('ENOTDIR'),
    });
  });

  it('stops when it is aborted between two layers', async () => {
    const stop = new AbortController();
    const [first, second] = [await layerOf(file('one', '1')), await layerOf(file('two', '2'))];
    let passes = 0;
    const aborting: Layer = {
      ...second,
      uncompressed: () => {
        if (++passes === 2) stop.abort(new Error('enough'));
        return second.uncompressed();
      },
    };
    const folder = join(temporaryFolder(), 'rootfs');
    const ctx = createContext({ signal: stop.signal });
    await expect(unpackImage(await imageOf([first, aborting]), folder, ctx)).rejects.toThrow('enough');
    expect(existsSync(join(folder, 'two'))).toBe(false);
  });
});

describe.skipIf(!(await requireTools()))('a hostile layer', () => {
  it.each(['absolute', 'relative'])('cannot write through an %s link out of the root', async (kind) => {
    const outside = temporaryFolder();
    const target = kind === 'absolute' ? outside : `../../${outside.split('/').at(-1)}`;
    const hostile = await layerOf(symlink('out', target), file('out/planted', 'evil'));
    await expect(unpack(hostile)).rejects.toMatchObject({
      code: 'CATA_LAYER_PATH_BLOCKED',
      message: 'The image has "out/planted", but there "out" is a symlink and not a folder.',
    });
    expect(readdirSync(outside)).toEqual([]);
  });

  it('cannot do so across layers either', async () => {
    const outside = temporaryFolder();
    const layers = [await layerOf(symlink('out', outside)), await layerOf(file('out/planted', 'evil'))];
    await expect(unpack(...layers)).rejects.toMatchObject({ code: 'CATA_LAYER_PATH_BLOCKED' });
    expect(readdirSync(outside)).toEqual([]);
  });

  it('cannot replace a file by a link and then write to it', async () => {
    const outside = join(temporaryFolder(), 'target');
    writeFileSync(outside, 'untouched');
    const layer = await layerOf(symlink('file', outside), file('file', 'evil'));
    const folder = await unpack(layer);
    expect(readFileSync(outside, 'utf8')).toBe('untouched');
    expect(lstatSync(join(folder, 'file')).isFile()).toBe(true);
  });

  it('cannot climb out with ".."', async () => {
    await expect(unpack(await layerOf(file('a/../../planted', 'evil')))).rejects.toMatchObject({
      code: 'CATA_TAR_PATH_UNSAFE',
    });
  });

  it('cannot take a file of the host into the image by a hard link', async () => {
    await expect(unpack(await layerOf(hardlink('shadow', '/etc/shadow')))).rejects.toMatchObject({
      code: 'CATA_LAYER_LINK_BROKEN',
    });
  });
});
