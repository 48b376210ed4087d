import { mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync, zstdCompressSync } from 'node:zlib';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { collectBytes } from '../layer/byte-stream.ts';
import { directory, file, symlink, type TarEntry } from '../tar/tar-entry.ts';
import { tarHeader } from '../tar/tar-header.ts';
import { endOfTar } from '../tar/write-tar.ts';
import { tarOf } from '../testing/memory-layer.ts';
import { temporaryFolder } from '../testing/temporary-folder.ts';
import { hasTools, runTool } from '../testing/tools.ts';
import { openArchive } from './archive-file.ts';

const { signal } = new AbortController();
const hardlink = (path: string, target: string): TarEntry => ({
  type: 'hardlink',
  path,
  target,
  mode: 0o644,
});

function archiveOf(bytes: Uint8Array): string {
  const path = join(temporaryFolder(), 'a.tar');
  writeFileSync(path, bytes);
  return path;
}

const openTar = (...entries: readonly TarEntry[]) => openArchive(archiveOf(tarOf(...entries)), signal);

async function contentOf(opened: ReturnType<typeof openArchive>, name: string): Promise<string> {
  const archive = await opened;
  return Buffer.from(await collectBytes(archive.open(archive.find(name)))).toString();
}

describe('openArchive', () => {
  it('reads files where they lie, from any byte on', async () => {
    const archive = await openTar(
      directory('a'),
      file('a/b', 'hello'),
      file('c', 'x'.repeat(700)),
      file('d', ''),
    );
    const from = async (name: string, startBytes: number) =>
      Buffer.from(await collectBytes(archive.open(archive.find(name), startBytes))).toString();
    expect(await from('a/b', 0)).toBe('hello');
    expect(await from('a/b', 3)).toBe('lo');
    expect(await from('a/b', 5)).toBe('');
    expect(await from('c', 1)).toHaveLength(699);
    expect(await from('d', 0)).toBe('');
  });

  it('finds files under names with "./" before them and through links inside', async () => {
    const opened = openTar(
      file('./one/layer.tar', 'layer'),
      symlink('two/layer.tar', '../one/layer.tar'),
      hardlink('three', './one/layer.tar'),
      symlink('four', 'two/layer.tar'),
      symlink('out', '../../etc/passwd'),
      symlink('loop', 'loop'),
    );
    for (const name of ['one/layer.tar', './one/layer.tar', 'two/layer.tar', 'three', 'four']) {
      expect(await contentOf(opened, name)).toBe('layer');
    }
    const archive = await opened;
    for (const name of ['out', 'loop', 'one', '/etc/passwd', '../one/layer.tar']) {
      expect(() => archive.find(name)).toThrow(`there is no file "${name}" in it`);
    }
  });

  it('says which archive is not there, or is no file', async () => {
    const folder = temporaryFolder();
    const missing = join(folder, 'missing.tar');
    await expect(openArchive(missing, signal)).rejects.toMatchObject({
      code: 'CATA_ARCHIVE_MISSING',
      message: `There is no archive "${missing}".`,
    });
    mkdirSync(join(folder, 'folder'));
    await expect(openArchive(join(folder, 'folder'), signal)).rejects.toMatchObject({
      code: 'CATA_ARCHIVE_INVALID',
      message: expect.stringContaining('it is no regular file'),
    });
  });

  it.each([
    ['gzip', gzipSync(tarOf(file('a', '')))],
    ['zstd', zstdCompressSync(tarOf(file('a', '')))],
  ])('says that one is compressed with %s and what to do', async (format, bytes) => {
    await expect(openArchive(archiveOf(bytes), signal)).rejects.toMatchObject({
      code: 'CATA_ARCHIVE_COMPRESSED',
      message: expect.stringContaining(`compressed with ${format}`),
      hint: expect.stringMatching(/"(gunzip|unzstd)"/),
    });
  });

  it('notices that the archive was replaced while it was read', async () => {
    const path = archiveOf(tarOf(file('a', 'before')));
    const archive = await openArchive(path, signal);
    renameSync(archiveOf(tarOf(file('b', 'after!'))), path);
    await expect(collectBytes(archive.open(archive.find('a')))).rejects.toMatchObject({
      code: 'CATA_ARCHIVE_INVALID',
      message: expect.stringContaining('replaced'),
    });
  });

  it('stops when it is told to', async () => {
    const path = archiveOf(tarOf(file('a', '')));
    await expect(openArchive(path, AbortSignal.abort(new Error('stopped')))).rejects.toThrow('stopped');
  });
});

describe('a hostile archive', () => {
  it.each([
    ['..', file('../a', 'x')],
    ['.. further in', file('a/../../b', 'x')],
    ['an absolute path', file('/etc/passwd', 'x')],
    ['a hard link to an absolute path', hardlink('a', '/etc/passwd')],
    ['a hard link with ..', hardlink('a', '../b')],
  ])('is refused for %s', async (_, entry) => {
    await expect(openTar(entry)).rejects.toMatchObject({
      code: 'CATA_TAR_PATH_UNSAFE',
      message: expect.stringContaining(`"${entry.path}"`),
    });
  });

  it.each([
    [
      'two files of one name',
      [file('manifest.json', '1'), file('./manifest.json', '2')],
      '"manifest.json" twice',
    ],
    ['a file and a link of one name', [file('a', '1'), symlink('a', 'b')], '"a" twice'],
    ['a long name', [file('n'.repeat(2000), '')], 'a name in it has 2000 bytes'],
    ['a long target', [symlink('a', 'n'.repeat(2000))], 'a name in it has 2000 bytes'],
    ['a name of 10 MB', [file('n'.repeat(10_000_000), '')], /an extended header has 100000\d+ bytes/],
  ])('is refused for %s', async (_, entries, reason) => {
    await expect(openTar(...entries)).rejects.toMatchObject({
      code: 'CATA_ARCHIVE_INVALID',
      message: expect.stringMatching(reason),
    });
  });

  it('is refused for more entries than there can be', async () => {
    const header = Buffer.concat([...tarHeader(directory('a'), 0)]);
    const path = archiveOf(Buffer.concat(new Array(50_001).fill(header)));
    await expect(openArchive(path, signal)).rejects.toThrow('more than 50000 entries');
  });

  it('is refused for a size beyond its end, in the header or before it', async () => {
    const sizeBytes = 2 ** 40;
    const header = Buffer.concat([...tarHeader({ type: 'file', path: 'a', mode: 0o644, sizeBytes }, 0)]);
    const withHeader = archiveOf(Buffer.concat([header, tarOf(file('b', 'x'))]));
    await expect(openArchive(withHeader, signal)).rejects.toThrow('it ends in the middle of an entry');

    const extended = Buffer.from(tarOf(file('x', '19 size=9999999999\n'), file('a', 'x')));
    extended.write('x', 156);
    setChecksum(extended);
    await expect(openArchive(archiveOf(extended), signal)).rejects.toThrow('in the middle of an entry');
  });

  it.each([
    '99 path=a\n',
    'path=a\n',
    '9 path=a',
    '10 path a\n',
    '-1 path=a\n',
    '12 size=-12\n',
    '0 path=a\n',
  ])('is refused for an extended header of %j', async (body) => {
    const tar = Buffer.from(tarOf(file('x', body), file('a', 'x')));
    tar.write('x', 156);
    setChecksum(tar);
    await expect(openArchive(archiveOf(tar), signal)).rejects.toMatchObject({ code: 'CATA_ARCHIVE_INVALID' });
  });

  it('gives nothing of what was cut off', async () => {
    const tar = tarOf(file('a', 'x'.repeat(700)), file('c'.repeat(120), 'y'));
    const folder = temporaryFolder();
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1, max: tar.byteLength - endOfTar.byteLength - 512 }),
        async (length) => {
          const path = join(folder, `${length}.tar`);
          writeFileSync(path, tar.subarray(0, length));
          const archive = await openArchive(path, signal).catch((error) => error);
          if (archive instanceof Error) expect(archive).toMatchObject({ code: 'CATA_ARCHIVE_INVALID' });
          else expect(() => archive.find('c'.repeat(120))).toThrow('there is no file');
        },
      ),
    );
  });

  it('is refused when it is something else', async () => {
    for (const bytes of [Buffer.alloc(2000, 'x'), Buffer.from('{}')]) {
      await expect(openArchive(archiveOf(bytes), signal)).rejects.toMatchObject({
        code: 'CATA_ARCHIVE_INVALID',
      });
    }
  });

  it('is refused for a JSON document that is none or far too large', async () => {
    const archive = await openTar(file('broken', '[{'), file('large', Buffer.alloc(5_000_000, ' ')));
    await expect(archive.readJson('broken')).rejects.toThrow('"broken" is no JSON');
    await expect(archive.readJson('large')).rejects.toThrow('"large" has 5000000 bytes');
  });
});

describe.skipIf(!hasTools('tar'))('what GNU tar writes', () => {
  it.each(['gnu', 'posix', 'ustar', 'v7'])('is read in its format "%s"', async (format) => {
    const folder = temporaryFolder();
    const long = format === 'gnu' || format === 'posix' ? `${'größe'.repeat(30)}` : 'short';
    mkdirSync(join(folder, 'in/blobs'), { recursive: true });
    writeFileSync(join(folder, 'in/blobs', long), 'long');
    writeFileSync(join(folder, 'in/manifest.json'), '[]');
    runTool('tar', [`--format=${format}`, '-C', 'in', '-cf', 'a.tar', '.'], { cwd: folder });
    const opened = openArchive(join(folder, 'a.tar'), signal);
    expect(await contentOf(opened, `blobs/${long}`)).toBe('long');
    expect(await contentOf(opened, 'manifest.json')).toBe('[]');
  });
});

/** Of the first header of an archive that was changed. */
function setChecksum(tar: Buffer): void {
  tar.write('        ', 148);
  const sum = tar.subarray(0, 512).reduce((total, byte) => total + byte, 0);
  tar.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148);
}
