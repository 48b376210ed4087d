import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { placeOf } from './entry-tree.ts';
import { composeTree } from './image-tree.ts';
import type { TreeEntry } from './tree-entry.ts';

const entry = (type: TreeEntry['type'], path: string, target = ''): TreeEntry => ({
  path,
  type,
  target,
  mode: 0o644,
  uid: 0,
  gid: 0,
  sizeBytes: 0,
});
const file = (path: string) => entry('file', path);
const directory = (path: string) => entry('directory', path);
const symlink = (path: string, target: string) => entry('symlink', path, target);
const hardlink = (path: string, target: string) => entry('hardlink', path, target);

/** "path@layer" of all that is left, in order. */
const left = (...layers: readonly (readonly TreeEntry[])[]) =>
  [...composeTree(layers).entries()].map(({ path, layerIndex }) => `${path}@${layerIndex}`);

describe('composeTree', () => {
  it('lets later layers add and replace, and knows where everything is from', () => {
    expect(left([directory('a'), file('a/b'), file('c')], [file('a/b'), file('a/d')])).toEqual([
      'a@0',
      'a/b@1',
      'a/d@1',
      'c@0',
    ]);
  });

  it('lists parents before their children, in whichever order they came', () => {
    expect(left([file('a/b/c'), file('a.b'), directory('a/b'), directory('a'), directory('')])).toEqual([
      'a@0',
      'a.b@0',
      'a/b@0',
      'a/b/c@0',
    ]);
  });

  it('takes the last of several entries of a layer for the same path', () => {
    expect(composeTree([[symlink('a', 'b'), file('a')]]).get('a')?.type).toBe('file');
  });

  it('removes what a whiteout names, with all below it, and nothing that only begins alike', () => {
    const base = [directory('a'), directory('a/b'), file('a/b/c'), file('a/bc'), file('b')];
    expect(left(base, [file('a/.wh.b')])).toEqual(['a@0', 'a/bc@0', 'b@0']);
    expect(left(base, [file('.wh.a')])).toEqual(['b@0']);
    expect(left(base, [file('.wh.nothing')])).toEqual(left(base));
  });

  it('removes below a folder that has no entry of its own', () => {
    expect(left([file('a/b'), file('c')], [file('.wh.a')])).toEqual(['c@0']);
  });

  it('keeps what the layer of a whiteout puts in the place, whichever comes first', () => {
    expect(left([file('a')], [file('.wh.a'), file('a')])).toEqual(['a@1']);
    expect(left([file('a')], [file('a'), file('.wh.a')])).toEqual(['a@1']);
  });

  it('empties an opaque folder of what was there before, whichever comes first', () => {
    const base = [directory('a'), file('a/old'), directory('a/b'), file('a/b/old'), file('ab')];
    expect(left(base, [file('a/.wh..wh..opq'), file('a/new')])).toEqual(['a@0', 'a/new@1', 'ab@0']);
    expect(left(base, [directory('a'), file('a/new'), file('a/.wh..wh..opq')])).toEqual([
      'a@1',
      'a/new@1',
      'ab@0',
    ]);
    expect(left(base, [file('.wh..wh..opq'), file('new')])).toEqual(['new@1']);
  });

  it('lets a later layer fill what an earlier one emptied', () => {
    expect(left([file('a/b')], [file('.wh.a')], [file('a/c')])).toEqual(['a/c@2']);
  });

  it('empties a folder that becomes a file or a link', () => {
    const base = [directory('a'), file('a/b'), directory('a/c'), file('a/c/d'), file('ab')];
    expect(left(base, [file('a')])).toEqual(['a@1', 'ab@0']);
    expect(left(base, [symlink('a', 'ab')])).toEqual(['a@1', 'ab@0']);
    expect(left([file('a/b/c')], [file('a/b')])).toEqual(['a/b@1']);
    expect(left(base, [directory('a')])).toEqual(['a@1', 'a/b@0', 'a/c@0', 'a/c/d@0', 'ab@0']);
  });

  it('ends in good time with tens of thousands of whiteouts, each for one folder of as many', () => {
    const numbers = Array.from({ length: 60_000 }, (_, number) => number);
    const added = numbers.map((number) => file(`${number}/${'deep/'.repeat(9)}file`));
    const removed = numbers.map((number) => file(`.wh.${number}`));
    expect(left(added, removed, [file('last')])).toEqual(['last@2']);
  });

  it('puts what leads over links to where they lead, as whoever unpacks the layers does', () => {
    const base = [
      directory('usr'),
      directory('usr/lib'),
      file('usr/lib/old'),
      file('usr/lib/gone'),
      symlink('lib', 'usr/lib'),
      symlink('absolute', '/usr/../usr/lib'),
      symlink('new', 'made/here'),
      symlink('loop', 'loop/x'),
    ];
    const tree = composeTree([
      base,
      [file('lib/old'), file('absolute/more'), file('lib/.wh.gone'), file('new/x'), file('loop/y')],
    ]);
    expect([...tree.entries()].map((entry) => `${placeOf(entry)}@${entry.layerIndex}`)).toEqual([
      'absolute@0',
      'lib@0',
      'loop@0',
      'loop/y@1',
      'made/here/x@1',
      'new@0',
      'usr@0',
      'usr/lib@0',
      'usr/lib/more@1',
      'usr/lib/old@1',
    ]);
    for (const path of ['lib/more', 'usr/lib/more', 'absolute/more']) {
      expect(tree.get(path)).toMatchObject({ path: 'absolute/more', layerIndex: 1 });
      expect(tree.resolve(path)).toBe(tree.get(path));
    }
    expect(tree.get('lib')).toMatchObject({ type: 'symlink' });
    expect(tree.get('lib/gone')).toBeUndefined();
  });

  it('leads over a link as it is when something is put into it', () => {
    const link = [directory('a'), directory('b'), symlink('l', 'a')];
    const tree = composeTree([
      link,
      [file('l/x')],
      [symlink('l', 'b'), file('l/x')],
      [directory('l'), file('l/x')],
    ]);
    expect(['a/x', 'b/x', 'l/x'].map((path) => tree.get(path)?.layerIndex)).toEqual([1, 2, 3]);
  });

  it('never shows a whiteout, nor anything below a file or a link', () => {
    const path = fc.constantFrom(
      'a',
      'a/b',
      'a/b/c',
      'b',
      '.wh.a',
      'a/.wh.b',
      'a/.wh..wh..opq',
      '.wh..wh..opq',
    );
    const any = fc.oneof(path.map(file), path.map(directory));
    fc.assert(
      fc.property(
        fc.array(fc.uniqueArray(any, { selector: ({ path }) => path }), { maxLength: 4 }),
        (layers) => {
          // A layer that puts something into what is no folder is no layer that a tool would write.
          const whole = layers.map((layer) => {
            const files = layer.filter(({ type }) => type === 'file').map((one) => `${one.path}/`);
            const kept = layer.filter((one) => !files.some((folder) => one.path.startsWith(folder)));
            const parents = kept.flatMap((one) => {
              const parts = one.path.split('/').slice(0, -1);
              return parts.map((_, index) => directory(parts.slice(0, index + 1).join('/')));
            });
            return [...parents, ...kept];
          });
          const tree = composeTree(whole);
          for (const { path: found } of tree.entries()) {
            expect(found).not.toContain('.wh.');
            const parent = found.slice(0, Math.max(0, found.lastIndexOf('/')));
            if (parent) expect(tree.get(parent)?.type).toBe('directory');
          }
        },
      ),
    );
  });
});

describe('resolve', () => {
  const tree = composeTree([
    [
      directory('usr'),
      directory('usr/lib'),
      file('usr/lib/ld.so.1'),
      symlink('usr/lib/ld.so', 'ld.so.1'),
      symlink('lib', 'usr/lib'),
      symlink('lib64', '/lib'),
      symlink('usr/up', '../lib/./ld.so'),
      symlink('usr/absolute', '/usr/lib'),
      symlink('above', '../../../usr/lib/ld.so.1'),
      symlink('one', 'two'),
      symlink('two', '/one'),
      symlink('self', 'self/x'),
      symlink('nowhere', 'missing/file'),
      symlink('root', '/'),
    ],
  ]);

  it.each([
    ['usr/lib/ld.so.1'],
    ['/usr/lib/ld.so.1'],
    ['//usr/./lib//ld.so.1'],
    ['/usr/lib/ld.so'],
    ['/lib/ld.so'],
    ['/lib64/ld.so.1'],
    ['/lib64/../lib/ld.so'],
    ['/usr/up'],
    ['/above'],
    ['/usr/absolute/ld.so'],
    ['/../usr/lib/ld.so.1'],
    ['/root/root/lib/ld.so'],
  ])('leads from %s to the file', (path) => {
    expect(tree.resolve(path)).toMatchObject({ path: 'usr/lib/ld.so.1', type: 'file' });
  });

  it.each(['/one', '/one/x', '/self', '/nowhere', '/missing', '/usr/lib/ld.so.1/x'])(
    '%s leads nowhere',
    (path) => {
      expect(tree.resolve(path)).toBeUndefined();
    },
  );

  it('gives a folder, too, and not the link to it', () => {
    expect(tree.resolve('/lib64')).toMatchObject({ path: 'usr/lib', type: 'directory' });
    expect(tree.get('lib64')?.type).toBe('symlink');
  });

  it('follows as many links as Linux does and not one more', () => {
    const chain = Array.from({ length: 41 }, (_, index) => symlink(`l${index}`, `l${index + 1}`));
    const long = composeTree([[...chain, file('l41')]]);
    expect(long.resolve('l1')?.path).toBe('l41');
    expect(long.resolve('l0')).toBeUndefined();
  });

  it('leads over a hard link to the file whose content it shares', () => {
    const linked = composeTree([[file('a'), hardlink('b', 'a'), hardlink('c', 'b'), symlink('d', '/c')]]);
    for (const path of ['b', 'c', 'd'])
      expect(linked.resolve(path)).toMatchObject({ path: 'a', type: 'file' });
    expect(linked.get('c')?.type).toBe('hardlink');
  });

  it('knows that a hard link keeps its content when its target is replaced or removed', () => {
    const base = [file('a'), hardlink('b', 'a')];
    expect(composeTree([base, [directory('a')]]).resolve('b')).toMatchObject({ type: 'file', layerIndex: 0 });
    expect(composeTree([base, [file('a')]]).resolve('b')).toMatchObject({ type: 'file', layerIndex: 0 });
    expect(composeTree([base, [file('.wh.a')]]).resolve('b')).toMatchObject({ type: 'file', layerIndex: 0 });
  });

  it('links to what an earlier layer has', () => {
    expect(composeTree([[file('a')], [hardlink('b', 'a')]]).resolve('b')).toMatchObject({ layerIndex: 0 });
  });

  it('follows a symbolic link that has a second name, from where that name is', () => {
    const links = [file('x/a'), file('a'), symlink('x/s', 'a'), hardlink('h', 'x/s')];
    expect(composeTree([links]).resolve('h')?.path).toBe('a');
  });

  it('gives a hard link to nothing as it is', () => {
    expect(composeTree([[hardlink('a', 'gone')]]).resolve('a')?.type).toBe('hardlink');
    expect(composeTree([[hardlink('a', 'a')]]).resolve('a')?.type).toBe('hardlink');
  });

  it('ends, whatever the links say', () => {
    const part = fc.constantFrom('a', 'b', 'c', '..', '.', '');
    const target = fc.array(part, { maxLength: 4 }).map((parts) => parts.join('/'));
    const path = fc.constantFrom('a', 'b', 'c', 'a/a', 'a/b', 'b/a');
    const link = fc
      .tuple(fc.boolean(), path, target)
      .map(([hard, from, to]) => (hard ? hardlink(from, to) : symlink(from, to)));
    fc.assert(
      fc.property(fc.array(fc.oneof(link, path.map(file))), target, (entries, wanted) => {
        const found = composeTree([entries]).resolve(wanted);
        expect(found?.type).not.toBe('symlink');
      }),
    );
  });
});
