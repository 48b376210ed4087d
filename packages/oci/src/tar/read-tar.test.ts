import { linkSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { streamOf } from '../layer/byte-stream.ts';
import { tarOf } from '../testing/memory-layer.ts';
import { temporaryFolder } from '../testing/temporary-folder.ts';
import { hasTools, runTool } from '../testing/tools.ts';
import { isUnsafePath, readTar } from './read-tar.ts';
import { directory, file, symlink, type TarEntry } from './tar-entry.ts';

async function list(tar: Uint8Array) {
  const read: { type: string; path: string; target: string; content: string }[] = [];
  for await (const { type, path, target, content } of readTar(streamOf(tar))) {
    const chunks: Uint8Array[] = [];
    for await (const chunk of content()) chunks.push(chunk);
    read.push({ type, path, target, content: Buffer.concat(chunks).toString('utf8') });
  }
  return read;
}

async function cleaned(name: string): Promise<string | undefined> {
  const [entry] = await list(tarOf(file(name, '')));
  return entry?.path;
}

describe('the path of an entry', () => {
  it.each([
    ['a/b', 'a/b'],
    ['./a', 'a'],
    ['.//./a', 'a'],
    ['/a', 'a'],
    ['//a', 'a'],
    ['a//b/./c', 'a/b/c'],
    ['a/.', 'a'],
    ['a/', 'a'],
    ['.', ''],
    ['./', ''],
    ['/', ''],
    ['.a', '.a'],
    ['..a/b..', '..a/b..'],
    ['./.wh.a', '.wh.a'],
    ['../a', '../a'],
    ['./a/../../b', 'a/../../b'],
  ])('"%s" is read as "%s"', async (name, path) => {
    expect(await cleaned(name)).toBe(path);
  });

  it('never begins or ends with a slash, nor has a part that means nothing', async () => {
    const unit = fc.constantFrom('.', '/', 'a', './', '..');
    await fc.assert(
      fc.asyncProperty(fc.string({ unit, minLength: 1, maxLength: 8 }), async (name) => {
        const path = await cleaned(name);
        expect(path).toBeDefined();
        if (path) expect(path.split('/').filter((part) => part === '' || part === '.')).toEqual([]);
      }),
    );
  });
});

it('cleans the target of a hard link, which is a path in the archive, and not the text of a symlink', async () => {
  const hardlink: TarEntry = { type: 'hardlink', path: './b', target: './a', mode: 0o644 };
  const entries = await list(tarOf(file('./a', ''), hardlink, symlink('./c', './a'), symlink('d', '/a//b/')));
  expect(entries.map(({ path, target }) => [path, target])).toEqual([
    ['a', ''],
    ['b', 'a'],
    ['c', './a'],
    ['d', '/a//b/'],
  ]);
});

it('passes over large contents that come bit by bit', async () => {
  const tar = tarOf(
    file('a', Buffer.alloc(8_000_000, 'x')),
    file('b', Buffer.alloc(8_000_000, 'y')),
    file('c', 'c'),
  );
  const pieces = async function* () {
    for (let at = 0; at < tar.byteLength; at += 60_000) yield tar.subarray(at, at + 60_000);
  };
  const paths: string[] = [];
  for await (const { path } of readTar(pieces())) paths.push(path);
  expect(paths).toEqual(['a', 'b', 'c']);
});

it('passes over contents that nobody asks for, and lets a content be left halfway', async () => {
  const large = Buffer.alloc(300_000, 'x');
  const paths: string[] = [];
  for await (const { path, content } of readTar(
    streamOf(tarOf(file('a', large), file('b', large), file('c', 'c'))),
  )) {
    paths.push(path);
    if (path === 'b') for await (const _ of content()) break;
  }
  expect(paths).toEqual(['a', 'b', 'c']);
});

describe('an archive that is cut short or damaged', () => {
  const tar = tarOf(directory('a'), file('a/b', 'x'.repeat(700)), file('c'.repeat(120), 'y'));

  it('is refused wherever it was cut', async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 0, max: tar.byteLength - 1 }), async (length) => {
        await expect(list(tar.subarray(0, length))).rejects.toThrow();
      }),
    );
  });

  it('is refused when a header was changed', async () => {
    const damaged = Buffer.from(tar);
    damaged.write('z', 0);
    await expect(list(damaged)).rejects.toThrow(/checksum/);
  });
});

describe.skipIf(!hasTools('tar'))('what GNU tar writes', () => {
  const long = 'n'.repeat(120);
  const folder = () => {
    const path = temporaryFolder();
    mkdirSync(join(path, long));
    writeFileSync(join(path, long, `größe-${long}`), 'content');
    writeFileSync(join(path, 'file'), 'content');
    linkSync(join(path, 'file'), join(path, 'linked'));
    symlinkSync(`/${long}/${long}`, join(path, 'symbolic'));
    return path;
  };

  it.each(['gnu', 'posix'])('is read in its format "%s"', async (format) => {
    const args = [`--format=${format}`, '--sort=name', '-cf', '-', '.'];
    expect(await list(runTool('tar', args, { cwd: folder() }))).toEqual([
      { type: 'directory', path: '', target: '', content: '' },
      { type: 'file', path: 'file', target: '', content: 'content' },
      { type: 'hardlink', path: 'linked', target: 'file', content: '' },
      { type: 'directory', path: long, target: '', content: '' },
      { type: 'file', path: `${long}/größe-${long}`, target: '', content: 'content' },
      { type: 'symlink', path: 'symbolic', target: `/${long}/${long}`, content: '' },
    ]);
  });
});

it.each([
  ['a/b', false],
  ['', false],
  ['..a/b../...', false],
  ['..', true],
  ['../a', true],
  ['a/../b', true],
  ['a/..', true],
  ['a\0b', true],
])('isUnsafePath(%j) is %s', (path, unsafe) => {
  expect(isUnsafePath(path)).toBe(unsafe);
});
