import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { digestOf } from '../model/digest.ts';
import { piecesOf, tarOf } from '../testing/memory-layer.ts';
import { temporaryFolder } from '../testing/temporary-folder.ts';
import { hasTools, runTool } from '../testing/tools.ts';
import { readTar } from './read-tar.ts';
import { directory, file, symlink, type TarEntry } from './tar-entry.ts';
import { endOfTar, sortEntries, writeTarEntries } from './write-tar.ts';

const text = (bytes: Uint8Array, start: number, length: number) =>
  Buffer.from(bytes).toString('latin1', start, start + length);

const deep = `${'folder/'.repeat(20)}file`;
const long = 'n'.repeat(120);
const hardlink = (path: string, target: string): TarEntry => ({
  type: 'hardlink',
  path,
  target,
  mode: 0o644,
});

/** One of everything that a layer may hold. */
const everything: readonly TarEntry[] = [
  directory('bin', 0o1777),
  { ...file('bin/run', 'go', 0o4755), uid: 65532, gid: 100 },
  hardlink('bin/again', 'bin/run'),
  symlink('bin/sh', '../usr/bin/dash'),
  file(deep, 'deep'),
  directory(long),
  file(`${long}/${long}`, 'long', 0o600),
  symlink('far', `/${long}/${long}`),
  hardlink('near', `${long}/${long}`),
  file('größe/日本', 'é'),
  symlink('größe/link', '日本'),
  file('empty', ''),
  file(' leading and trailing ', 'blanks'),
  { ...file('owner', 'x'), uid: 3_000_000_000, gid: 2_097_152 },
];

describe('writeTarEntries', () => {
  it('writes a ustar header, the content and zeros up to the block', () => {
    const entry = { ...file('a/hello.txt', 'Hello\n', 0o640), uid: 65532, gid: 8 };
    const bytes = Buffer.concat([...writeTarEntries([entry], 1_700_000_000)]);
    expect(bytes).toHaveLength(1024);
    expect(text(bytes, 0, 100)).toBe('a/hello.txt'.padEnd(100, '\0'));
    expect(text(bytes, 100, 8)).toBe('0000640\0');
    expect(text(bytes, 108, 8)).toBe('0177774\0');
    expect(text(bytes, 116, 8)).toBe('0000010\0');
    expect(text(bytes, 124, 12)).toBe('00000000006\0');
    expect(text(bytes, 136, 12)).toBe('14524770400\0');
    expect(text(bytes, 148, 8)).toBe('011365\0 ');
    expect(text(bytes, 156, 1)).toBe('0');
    expect(text(bytes, 257, 8)).toBe('ustar\x0000');
    expect(text(bytes, 265, 64)).toBe('\0'.repeat(64));
    expect(text(bytes, 345, 167)).toBe('\0'.repeat(167));
    expect(text(bytes, 512, 512)).toBe('Hello\n'.padEnd(512, '\0'));
  });

  it('pads nothing after content that fills its blocks', () => {
    expect(Buffer.concat([...writeTarEntries([file('a', new Uint8Array(512))], 0)])).toHaveLength(1024);
    expect(Buffer.concat([...writeTarEntries([file('a', '')], 0)])).toHaveLength(512);
  });

  it('puts a path of up to 100 bytes into the name, and splits a longer one where it can', () => {
    const header = (path: string) => Buffer.concat([...writeTarEntries([file(path, '')], 0)]);
    expect(text(header('a'.repeat(100)), 0, 100)).toBe('a'.repeat(100));
    const split = header(`${'p'.repeat(155)}/${'n'.repeat(100)}`);
    expect(split).toHaveLength(512);
    expect(text(split, 0, 100)).toBe('n'.repeat(100));
    expect(text(split, 345, 155)).toBe('p'.repeat(155));
    expect(header(`${'p'.repeat(156)}/${'n'.repeat(100)}`)).toHaveLength(3 * 512);
    expect(header('a'.repeat(101))).toHaveLength(3 * 512);
  });

  it('writes the PAX records that POSIX describes, with their own length in their length', () => {
    const path = `${'p'.repeat(90)}é`;
    const bytes = Buffer.concat([...writeTarEntries([symlink(path, 't'.repeat(101))], 0)]);
    expect(text(bytes, 156, 1)).toBe('x');
    const record = Buffer.from(`102 path=${path}\n115 linkpath=${'t'.repeat(101)}\n`);
    expect(text(bytes, 124, 12)).toBe(`${record.byteLength.toString(8).padStart(11, '0')}\0`);
    expect(bytes.subarray(512, 512 + record.byteLength)).toEqual(record);
    expect(text(bytes, 1024 + 156, 1)).toBe('2');
  });

  it('gives the same bytes today as when layers were published with them', () => {
    expect(digestOf(tarOf(...everything))).toBe(
      'sha256:6af4bdf3c9ff95aabb9cdd35442a37567db8d176fd946a50bfb0fea5b997027a',
    );
  });

  it('is the same written whole and written in fragments', () => {
    const fragments = everything.flatMap((entry) => [...writeTarEntries([entry], 0)]);
    expect(Buffer.concat([...fragments, endOfTar])).toEqual(tarOf(...everything));
  });
});

describe.skipIf(!hasTools('tar'))('GNU tar', () => {
  it('lists all that was written', () => {
    const listing = runTool(
      'tar',
      ['--numeric-owner', '--quoting-style=literal', '--full-time', '-tvf', '-'],
      {
        input: tarOf(...everything),
      },
    );
    const lines = listing.toString('utf8').split('\n').slice(0, -1);
    expect(
      lines.map((line) => line.replace(/ +(?=\d+ 1970)/, ' ').replace(' 1970-01-01 00:00:00', '')),
    ).toEqual([
      'drwxrwxrwt 0/0 0 bin/',
      '-rwsr-xr-x 65532/100 2 bin/run',
      'hrw-r--r-- 0/0 0 bin/again link to bin/run',
      'lrwxrwxrwx 0/0 0 bin/sh -> ../usr/bin/dash',
      `-rw-r--r-- 0/0 4 ${deep}`,
      `drwxr-xr-x 0/0 0 ${long}/`,
      `-rw------- 0/0 4 ${long}/${long}`,
      `lrwxrwxrwx 0/0 0 far -> /${long}/${long}`,
      `hrw-r--r-- 0/0 0 near link to ${long}/${long}`,
      '-rw-r--r-- 0/0 2 größe/日本',
      'lrwxrwxrwx 0/0 0 größe/link -> 日本',
      '-rw-r--r-- 0/0 0 empty',
      '-rw-r--r-- 0/0 6  leading and trailing ',
      '-rw-r--r-- 3000000000/2097152 1 owner',
    ]);
  });

  it('unpacks the contents', () => {
    const folder = temporaryFolder();
    runTool('tar', ['--no-same-owner', '-xf', '-'], { input: tarOf(...everything), cwd: folder });
    const content = (path: string) => readFileSync(join(folder, path), 'utf8');
    expect(content('bin/again')).toBe('go');
    expect(content(deep)).toBe('deep');
    expect(content('near')).toBe('long');
    expect(content('größe/link')).toBe('é');
    expect(content('empty')).toBe('');
  });
});

const listWithPython = `
import json, sys, tarfile
with tarfile.open(sys.argv[1]) as archive:
    print(json.dumps([[m.name, m.type.decode(), m.mode, m.uid, m.gid, m.linkname,
        archive.extractfile(m).read().decode() if m.isreg() else ''] for m in archive]))
`;

describe.skipIf(!hasTools('python3'))('a reader that is not GNU (Python)', () => {
  it('reads the same names, modes, owners, targets and contents', () => {
    const path = join(temporaryFolder(), 'all.tar');
    writeFileSync(path, tarOf(...everything));
    const read = JSON.parse(runTool('python3', ['-c', listWithPython, path]).toString('utf8'));
    const flags = { file: '0', hardlink: '1', symlink: '2', directory: '5' };
    expect(read).toEqual(
      everything.map((entry) => [
        entry.path,
        flags[entry.type],
        entry.mode,
        entry.uid ?? 0,
        entry.gid ?? 0,
        'target' in entry ? entry.target : '',
        entry.type === 'file' ? Buffer.from(entry.content).toString('utf8') : '',
      ]),
    );
  });
});

describe('readTar', () => {
  it('reads back whatever is written', async () => {
    const unit = fc.constantFrom('a', 'B', ' ', '-', '.x', 'é', '日', '\u{1f600}', '\n', '=', 'n'.repeat(60));
    const part = fc.string({ unit, minLength: 1, maxLength: 4 });
    const path = fc.array(part, { minLength: 1, maxLength: 6 }).map((parts) => parts.join('/'));
    const common = {
      path,
      mode: fc.integer({ min: 0, max: 0o7777 }),
      uid: fc.oneof(fc.nat(70_000), fc.nat(0xffffffff)),
      gid: fc.oneof(fc.nat(70_000), fc.nat(0xffffffff)),
    };
    const entry: fc.Arbitrary<TarEntry> = fc.oneof(
      fc.record({
        ...common,
        type: fc.constant('file' as const),
        content: fc.uint8Array({ maxLength: 1100 }),
      }),
      fc.record({ ...common, type: fc.constant('directory' as const) }),
      fc.record({ ...common, type: fc.constantFrom('symlink' as const, 'hardlink' as const), target: path }),
    );
    const property = fc.asyncProperty(
      fc.array(entry, { maxLength: 8 }),
      fc.nat(1500),
      async (entries, cut) => {
        const tar = tarOf(...entries);
        const read = [];
        for await (const { content, ...rest } of readTar(piecesOf(tar.subarray(0, cut), tar.subarray(cut)))) {
          const chunks: Uint8Array[] = [];
          if (rest.type === 'file') for await (const chunk of content()) chunks.push(chunk);
          read.push({ ...rest, content: Buffer.concat(chunks) });
        }
        expect(read).toEqual(
          entries.map((written) => {
            const content = Buffer.from(written.type === 'file' ? written.content : []);
            const target = 'target' in written ? written.target : '';
            return { ...written, target, sizeBytes: content.byteLength, content };
          }),
        );
      },
    );
    await fc.assert(property, { numRuns: 200 });
  });
});

describe('sortEntries', () => {
  it('orders by the bytes of the paths, folders before what is in them', () => {
    const paths = ['b', 'a/b', 'a-b', 'a', '\u{1f600}', '\uffee', 'Z', 'a/B', ''];
    const sorted = sortEntries(paths.map((path) => file(path, ''))).map(({ path }) => path);
    expect(sorted).toEqual(['', 'Z', 'a', 'a-b', 'a/B', 'a/b', 'b', '\uffee', '\u{1f600}']);
  });

  it('leaves its input alone and gives the same whatever order comes in', () => {
    const entries = [file('b', ''), directory('a')];
    expect(sortEntries(entries)).toEqual(sortEntries([...entries].reverse()));
    expect(entries.map(({ path }) => path)).toEqual(['b', 'a']);
  });
});
