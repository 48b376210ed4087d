import { existsSync, lstatSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import {
  blobLayer,
  createContext,
  digestOf,
  directory,
  endOfTar,
  file,
  type Layer,
  mediaTypes,
  symlink,
  type TarEntry,
  writeTarEntries,
} from '@catamaran/oci';
import { describe, expect, it } from 'vitest';
import { requireTools } from '../testing/require-tool.ts';
import { temporaryFolder } from '../testing/temporary-folder.ts';
import { imageOf, layerOf } from '../testing/test-image.ts';
import { unpackImage, unpackWithin } from './unpack.ts';
import { type UnpackLimits, unpackLimits } from './unpack-limits.ts';

const hardlink = (path: string, target: string): TarEntry => ({
  type: 'hardlink',
  path,
  target,
  mode: 0o644,
});

/** The target is a folder in one that holds nothing else: what is written beside it is seen. */
async function unpack(layers: readonly Layer[], limits: UnpackLimits = unpackLimits) {
  const around = temporaryFolder();
  const folder = join(around, 'rootfs');
  const image = await imageOf(layers);
  const failure: unknown = await unpackWithin(limits, image, folder, createContext()).then(
    () => undefined,
    (error) => error,
  );
  return { folder, failure, around: readdirSync(around) };
}

async function expectRefused(code: string, layers: readonly Layer[], limits?: UnpackLimits) {
  const { failure, around } = await unpack(layers, limits);
  expect(failure).toMatchObject({ code });
  expect(around).toEqual([]);
  return failure;
}

function plainLayer(tar: Uint8Array): Layer {
  const descriptor = { mediaType: mediaTypes.layerTar, digest: digestOf(tar), size: tar.byteLength };
  return blobLayer({ descriptor, diffId: digestOf(tar), open: () => bytes(tar) });
}

async function* bytes(tar: Uint8Array) {
  yield tar;
}

/** An entry of a type that no writer of ours has. */
function entryOf(typeFlag: string, path: string, content = ''): Uint8Array {
  const entry = Buffer.concat([...writeTarEntries([file(path, content)], 0)]);
  entry.write(`        ${typeFlag}`, 148);
  const sum = entry.subarray(0, 512).reduce((total, byte) => total + byte, 0);
  entry.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148);
  return entry;
}

const isRoot = await requireTools();

describe.skipIf(!isRoot)('names that lead elsewhere', () => {
  it('put a file with an absolute path into the folder', async () => {
    const outside = join(temporaryFolder(), 'planted');
    const { folder, failure, around } = await unpack([await layerOf(file(outside, 'x'))]);
    expect(failure).toBeUndefined();
    expect(readFileSync(join(folder, outside), 'utf8')).toBe('x');
    expect(existsSync(outside)).toBe(false);
    expect(around).toEqual(['rootfs']);
  });

  it('are refused as the target of a hard link', async () => {
    await expectRefused('CATA_TAR_PATH_UNSAFE', [await layerOf(hardlink('a', '../../etc/passwd'))]);
  });

  it('are no way out by a hard link to a symbolic link', async () => {
    const outside = temporaryFolder();
    const links = [symlink('out', outside), hardlink('again', 'out')];
    await expectRefused('CATA_LAYER_PATH_BLOCKED', [await layerOf(...links, file('again/planted', 'x'))]);
    const { folder, failure } = await unpack([await layerOf(...links), await layerOf(file('again', 'x'))]);
    expect(failure).toBeUndefined();
    expect(lstatSync(join(folder, 'again')).isFile()).toBe(true);
    expect(readdirSync(outside)).toEqual([]);
  });

  it('are no way out by a folder that a later layer makes a link of, or the other way round', async () => {
    const outside = temporaryFolder();
    writeFileSync(join(outside, 'kept'), 'kept');
    const made = await layerOf(directory('a'), file('a/kept', 'x'));
    const linked = await layerOf(symlink('a', outside));
    const first = await unpack([made, linked]);
    expect(first.failure).toBeUndefined();
    expect(lstatSync(join(first.folder, 'a')).isSymbolicLink()).toBe(true);
    const second = await unpack([linked, made]);
    expect(second.failure).toBeUndefined();
    expect(readFileSync(join(second.folder, 'a/kept'), 'utf8')).toBe('x');
    expect(readFileSync(join(outside, 'kept'), 'utf8')).toBe('kept');
  });

  it('leave the owner and mode of what a link points at as they are', async () => {
    const outside = join(temporaryFolder(), 'file');
    writeFileSync(outside, '', { mode: 0o600 });
    await unpack([await layerOf({ ...symlink('a', outside), uid: 7, gid: 8 })]);
    expect(lstatSync(outside)).toMatchObject({ mode: 0o100600, uid: 0, gid: 0 });
  });

  it('do not make the root itself a link', async () => {
    const { folder, failure } = await unpack([await layerOf(symlink('.', '/etc'), file('planted', 'x'))]);
    expect(failure).toBeUndefined();
    expect(lstatSync(folder).isDirectory()).toBe(true);
    expect(readdirSync(folder)).toEqual(['planted']);
    expect(existsSync('/etc/planted')).toBe(false);
  });
});

describe.skipIf(!isRoot)('what Linux could do harm with, or cannot make', () => {
  it('is left out: device nodes and fifos', async () => {
    const others = [entryOf('3', 'dev/sda'), entryOf('4', 'dev/tty'), entryOf('6', 'fifo')];
    const tar = Buffer.concat([...others, ...writeTarEntries([file('kept', 'x')], 0), endOfTar]);
    const { folder, failure } = await unpack([plainLayer(tar)]);
    expect(failure).toBeUndefined();
    expect(readdirSync(folder)).toEqual(['kept']);
  });

  it('is no source of a hard link and no folder for a file', async () => {
    const device = entryOf('3', 'sda');
    for (const [code, entry] of [
      ['CATA_LAYER_LINK_BROKEN', hardlink('a', 'sda')],
      ['CATA_LAYER_PATH_BLOCKED', file('sda/a', 'x')],
    ] as const) {
      await expectRefused(code, [
        plainLayer(Buffer.concat([device, ...writeTarEntries([entry], 0), endOfTar])),
      ]);
    }
  });

  it.each([
    ['a name of 300 characters', file(`a/${'n'.repeat(300)}/b`, ''), /a name in its path has 300 bytes/],
    ['a name of 150 characters that are long', file('ü'.repeat(150), ''), /has 300 bytes, more than 255/],
    ['a path that is too long', file('a/'.repeat(2500), ''), /its path has 4999 bytes/],
    ['a link to a path that is too long', symlink('a', 'n'.repeat(5000)), /links to has 5000 bytes/],
    ['a link to a NUL', symlink('a', `${'n'.repeat(120)}\0n`), /a NUL in it/],
    ['an owner that nobody is', { ...file('a', ''), uid: 2 ** 40 }, /its owner has the number 1099511627776/],
    ['a group that means "as it is"', { ...file('a', ''), gid: 2 ** 32 - 1 }, /the number 4294967295/],
  ])('is refused: %s', async (_, entry, reason) => {
    const failure = await expectRefused('CATA_LAYER_ENTRY_UNUSABLE', [await layerOf(entry as TarEntry)]);
    expect(String(failure)).toMatch(reason);
    expect(String(failure).length).toBeLessThan(400);
  });

  it('goes away with the folder, whatever modes and names it has', async () => {
    const long = Array.from({ length: 13 }, () => 'n'.repeat(250)).join('/');
    const { folder, failure } = await unpack([
      await layerOf(
        { ...directory('closed'), mode: 0 },
        file('closed/a', 'x', 0),
        file(long, ''),
        file('\n', ''),
      ),
    ]);
    expect(failure).toBeUndefined();
    await rm(folder, { recursive: true });
    expect(existsSync(folder)).toBe(false);
  });
});

describe.skipIf(!isRoot)('more than there may be', () => {
  const small: UnpackLimits = { maxBytes: 10_000, maxEntries: 100, maxNameBytes: 1000 };
  const layersOf = (...layers: readonly (readonly TarEntry[])[]) =>
    Promise.all(layers.map((entries) => layerOf(...entries)));

  it('is refused when a layer was made to fill disks', async () => {
    const member = gzipSync(Buffer.alloc(64 * 1024 ** 2), { level: 9 });
    const blob = Buffer.concat([gzipSync(sizedEntry(2 * 1024 ** 3)), ...new Array<Buffer>(17).fill(member)]);
    const descriptor = { mediaType: mediaTypes.layerGzip, digest: digestOf(blob), size: blob.byteLength };
    const layer = blobLayer({ descriptor, diffId: descriptor.digest, open: () => bytes(blob) });
    await expectRefused('CATA_LAYER_BOMB', [layer]);
  });

  it('is refused at once when an entry says that it is larger than a Fargate task has room for', async () => {
    const layer = plainLayer(sizedEntry(21 * 1024 ** 3));
    const failure = await expectRefused('CATA_IMAGE_TOO_LARGE', [layer]);
    expect(String(failure)).toContain((await layer.descriptor()).digest);
    expect(unpackLimits.maxBytes).toBe(20 * 1024 ** 3);
  });

  it('is refused when layers add up to it, even if they hold the same file', async () => {
    const entry = file('a', 'x'.repeat(4000));
    const layers = await layersOf([entry], [entry], [entry]);
    expect((await unpack(layers.slice(1), { ...small, maxBytes: 20_000 })).failure).toBeUndefined();
    await expectRefused('CATA_IMAGE_TOO_LARGE', layers, small);
  });

  it('is refused behind the end of an archive, too', async () => {
    const tar = Buffer.concat([...writeTarEntries([file('a', '')], 0), endOfTar, Buffer.alloc(20_480)]);
    await expectRefused('CATA_IMAGE_TOO_LARGE', [plainLayer(tar)], small);
  });

  it('is refused when there are too many entries, in one layer or several', async () => {
    const empty = Array.from({ length: 101 }, (_, at) => file(`${at}`, ''));
    const roomy = { ...small, maxBytes: 1_000_000 };
    const failure = await expectRefused('CATA_IMAGE_TOO_MANY_FILES', await layersOf(empty), roomy);
    expect(String(failure)).toContain('more than 100 files and folders');
    const halves = await layersOf(empty.slice(0, 50), empty.slice(50));
    await expectRefused('CATA_IMAGE_TOO_MANY_FILES', halves, roomy);
    expect((await unpack(await layersOf(empty.slice(1)), roomy)).failure).toBeUndefined();
  });

  it('is refused when few entries need many folders', async () => {
    const deep = ['a', 'b', 'c'].map((name) => file(`${name}/`.repeat(60), ''));
    await expectRefused('CATA_IMAGE_TOO_MANY_FILES', await layersOf(deep), { ...small, maxBytes: 1_000_000 });
  });

  it('counts no folder twice where archives are in order', async () => {
    const folders = Array.from({ length: 9 }, (_, at) => `a/b/c/${at}`);
    const entries = ['a', 'a/b', 'a/b/c'].map((path) => directory(path));
    const files = folders.flatMap((path) => [directory(path), file(`${path}/x`, ''), file(`${path}/y`, '')]);
    const limits = { ...unpackLimits, maxEntries: 30 };
    expect((await unpack(await layersOf([...entries, ...files]), limits)).failure).toBeUndefined();
  });

  it('is refused when there are too many names, those of links included', async () => {
    const entries = Array.from({ length: 6 }, (_, at) => symlink(`${at}`, 'n'.repeat(180)));
    const limits = { ...small, maxBytes: 1_000_000 };
    const failure = await expectRefused('CATA_IMAGE_TOO_MANY_FILES', await layersOf(entries), limits);
    expect(String(failure)).toContain('more than 1000 bytes of names');
  });
});

it.skipIf(!isRoot)('has the limits of a Fargate task unless it is told others', async () => {
  const image = await imageOf([plainLayer(sizedEntry(21 * 1024 ** 3))]);
  const folder = join(temporaryFolder(), 'rootfs');
  await expect(unpackImage(image, folder, createContext())).rejects.toMatchObject({
    code: 'CATA_IMAGE_TOO_LARGE',
  });
});

/** The beginning of an archive with one file of that size, at least 1 GiB. */
function sizedEntry(sizeBytes: number): Uint8Array {
  const rest = ` size=${sizeBytes}\n`;
  return Buffer.concat([entryOf('x', 'PaxHeader', `${rest.length + 2}${rest}`), entryOf('0', 'large')]);
}
