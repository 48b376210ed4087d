import { createContext, directory, file, type Layer, symlink, type TarEntry } from '@catamaran/oci';
import { expect, it } from 'vitest';
import { memoryContents } from '../testing/memory-contents.ts';
import { imageOf, layerOf } from '../testing/memory-image.ts';
import { compareFiles } from './compare-files.ts';

const platform = { os: 'linux', architecture: 'amd64' } as const;

async function compare(before: readonly Layer[], after: readonly Layer[]) {
  const [old, now] = [await imageOf(platform, ...before), await imageOf(platform, ...after)];
  return compareFiles(old, now, memoryContents(), createContext());
}

const hardlink = (path: string, target: string): TarEntry => ({
  type: 'hardlink',
  path,
  mode: 0o644,
  target,
});

it('finds every planted difference, and nothing else', async () => {
  const same = [directory('etc'), file('etc/same', 'same'), symlink('sh', 'bash')];
  const before = await layerOf(
    ...same,
    file('content', '1'),
    file('grown', '1'),
    file('mode', ''),
    file('owner', ''),
    file('type', ''),
    symlink('link', 'here'),
    directory('old'),
    file('old/file', ''),
  );
  const after = await layerOf(
    ...same,
    file('content', '2'),
    file('grown', '12'),
    file('mode', '', 0o755),
    { ...file('owner', ''), uid: 65532, gid: 7 },
    directory('type'),
    symlink('link', 'there'),
    file('new', ''),
  );
  const { files } = await compare([before], [after]);
  expect(files.map(({ path, kind, aspects }) => [path, kind, aspects.join()])).toEqual([
    ['/content', 'changed', 'content'],
    ['/grown', 'changed', 'content'],
    ['/link', 'changed', 'link'],
    ['/mode', 'changed', 'mode'],
    ['/new', 'added', ''],
    ['/old', 'removed', ''],
    ['/old/file', 'removed', ''],
    ['/owner', 'changed', 'owner'],
    ['/type', 'changed', 'type'],
  ]);
  expect(files.find(({ path }) => path === '/owner')).toMatchObject({
    before: { uid: 0, gid: 0 },
    after: { uid: 65532, gid: 7 },
  });
});

it('sees through whiteouts, opaque folders and hard links', async () => {
  const base = await layerOf(directory('d'), file('d/x', 'x'), file('d/y', 'y'), file('z', 'z'));
  const above = await layerOf(file('d/.wh..wh..opq', ''), file('d/y', 'y'), hardlink('link', 'z'));
  const flat = await layerOf(directory('d'), file('d/y', 'y'), file('link', 'z'), file('z', 'z'));
  expect((await compare([base, above], [flat])).files).toEqual([]);
  const less = await layerOf(file('.wh.z', ''));
  expect((await compare([base, above, less], [flat])).files).toMatchObject([{ path: '/z', kind: 'added' }]);
});

it('does not read a base that both have when the layers above say all', async () => {
  const base = await layerOf(directory('app'), file('app/lib', 'lib'));
  const before = await layerOf(directory('app'), file('app/main', '1'));
  const after = await layerOf(directory('app'), file('app/main', '2'));
  const { files } = await compare([base, before], [base, after]);
  expect(files).toMatchObject([{ path: '/app/main', aspects: ['content'] }]);
  expect(base.opened).toBe(0);
});

it.each([
  ['a file that only one has', [file('app/lib', 'new')], [], [['/app/lib', 'changed']]],
  ['a whiteout', [file('app/.wh.lib', '')], [], [['/app/lib', 'removed']]],
  [
    'a file in the place of a folder',
    [file('app', '')],
    [directory('app')],
    [
      ['/app', 'changed'],
      ['/app/lib', 'removed'],
    ],
  ],
  ['a hard link to what is below', [hardlink('l', 'app/lib')], [file('l', 'lib')], []],
] as const)('reads the base for %s', async (_, mine, theirs, expected) => {
  const base = await layerOf(directory('app'), file('app/lib', 'lib'));
  const [before, after] = [await layerOf(...theirs), await layerOf(...mine)];
  const { files } = await compare([base, before], [base, after]);
  expect(files.map(({ path, kind }) => [path, kind])).toEqual(expected);
});

it('tells packages that have other versions', async () => {
  const status = (version: string) => `Package: libc6\nStatus: install ok installed\nVersion: ${version}\n`;
  const manifest = (name: string, version: string) =>
    file(`app/node_modules/${name}/package.json`, JSON.stringify({ name, version }));
  const before = await layerOf(
    file('var/lib/dpkg/status', status('2.36-1')),
    manifest('kept', '1.0.0'),
    manifest('moved', '1.0.0'),
    manifest('gone', '1.0.0'),
  );
  const top = await layerOf(file('app/node_modules/.wh.gone', ''), manifest('moved', '2.0.0'));
  const after = await layerOf(file('var/lib/dpkg/status.d/libc6', 'Package: libc6\nVersion: 2.36-2\n'));
  const { packages } = await compare([before], [before, top, after]);
  // The one is in "status" and the other one in "status.d": an image that has both has both.
  expect(packages).toEqual([
    { kind: 'debian', name: 'libc6', before: ['2.36-1'], after: ['2.36-1', '2.36-2'] },
    { kind: 'npm', name: 'gone', before: ['1.0.0'], after: [] },
    { kind: 'npm', name: 'moved', before: ['1.0.0'], after: ['2.0.0'] },
  ]);
});
