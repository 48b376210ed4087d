import { directory, file, type TarEntry } from '@catamaran/oci';
import { describe, expect, it } from 'vitest';
import { elfBytes } from '../testing/elf-bytes.ts';
import { foundIn } from '../testing/found-in.ts';

const link = (path: string, target: string): TarEntry => ({ type: 'hardlink', path, target, mode: 0o644 });

describe('tar-order', () => {
  it('tells of a path that is there twice', async () => {
    expect(await foundIn([[file('a', '1'), file('b', ''), file('a', '2')]])).toEqual([
      'warning tar-order /a is in the layer twice: some unpackers take the first, some the last',
    ]);
    expect(await foundIn([[directory('d', 0o755), directory('d', 0o700)]])).toHaveLength(1);
  });

  it('judges the last of them', async () => {
    const foreign = elfBytes({ machine: 183 });
    expect(await foundIn([[file('a', foreign), file('a', elfBytes({}))]])).toHaveLength(1);
    expect(await foundIn([[file('a', elfBytes({})), file('a', foreign)]])).toHaveLength(2);
  });

  it('tells of a file that takes the place of a folder with something in it', async () => {
    expect(await foundIn([[file('d/a', ''), file('d', '')]])).toEqual([
      'warning tar-order /d comes after files in a folder of the same name, which unpackers then lose or keep',
    ]);
  });

  it('tells of a hard link before what it links to, and of one to nothing', async () => {
    expect(await foundIn([[link('a', 'b'), file('b', '')]])).toEqual([
      'error tar-order /a links to /b, which comes after it in the layer: unpackers fail, or link to an older file',
    ]);
    expect(await foundIn([[link('a', 'b')]])).toEqual([
      'error tar-order /a links to /b, which is in no layer: unpackers fail',
    ]);
  });

  it.each<[string, (readonly TarEntry[])[]]>([
    ['sorted otherwise', [[file('b', ''), file('a', '')]]],
    ['a folder after what is in it', [[file('d/a', ''), directory('d')]]],
    ['a folder again, as it was', [[directory('d'), file('d/a', ''), directory('d')]]],
    ['a link to what was before', [[file('b', ''), link('a', 'b')]]],
    ['a link to a layer below', [[file('b', '')], [link('a', 'b')]]],
    ['the same path in two layers', [[file('a', '')], [file('a', '')]]],
  ])('is silent of what is %s', async (_, layers) => {
    expect(await foundIn(layers)).toEqual([]);
  });
});

it('a binary that is left under the name of a hard link alone is judged', async () => {
  const foreign = file('bin/app', elfBytes({ machine: 183 }), 0o755);
  const later = [file('bin/.wh.app', '')];
  const says = 'is for arm64, the image is for amd64';
  expect(await foundIn([[foreign, link('opt/app', 'bin/app')], later])).toEqual([
    `error machine /opt/app ${says}`,
  ]);
  expect(await foundIn([[foreign], later])).toEqual([]);
});
