import { digestOf } from '@catamaran/oci';
import { describe, expect, it } from 'vitest';
import { updateDocument } from './update-document.ts';
import { updateText } from './update-text.ts';

const both = ['linux/amd64', 'linux/arm64'];
const nothing = { image: undefined, packages: [] };

describe('what an update of a base has changed', () => {
  it('is a line for each package, with the platforms where it is not so on all', () => {
    const packages = [
      { name: 'base-files', from: '12.4', to: '12.4+deb12u1', platforms: both },
      { name: 'libc6', from: undefined, to: '2.36', platforms: ['linux/arm64'] },
      { name: 'tzdata', from: '2025b', to: undefined, platforms: both },
    ];
    const changes = { image: undefined, packages };
    const update = { kind: 'debian', lockPath: '/p/catamaran.lock.json', platforms: both, changes } as const;
    expect(updateText(update)).toBe(
      'base-files  12.4   →  12.4+deb12u1\n' +
        'libc6       new    →  2.36          on linux/arm64 only\n' +
        'tzdata      2025b  →  gone\n',
    );
    expect(updateDocument('shop', update)).toEqual({
      name: 'shop',
      kind: 'debian',
      lockFile: '/p/catamaran.lock.json',
      platforms: both,
      changed: true,
      image: null,
      packages: [packages[0], { ...packages[1], from: null }, { ...packages[2], to: null }],
    });
  });

  it('is an image’s digest, before and after', () => {
    const [from, to] = [digestOf('one'), digestOf('two')];
    const changes = { image: { image: 'r.io/node:24', from, to }, packages: [] };
    const update = { kind: 'registry', lockPath: 'x', platforms: both, changes } as const;
    expect(updateText(update)).toBe(`r.io/node:24  ${from} → ${to}\n`);
  });

  it.each([
    ['registry', 'x', 'nothing has changed'],
    ['registry', undefined, 'nothing to lock: the configuration names the base by its digest'],
    ['layout', undefined, 'nothing to lock: the base is a layout'],
    ['scratch', undefined, 'nothing to lock: the base is scratch'],
  ] as const)('is told to be nothing for %s (%s)', (kind, lockPath, text) => {
    const update = { kind, lockPath, platforms: both, changes: nothing };
    expect(updateText(update)).toBe(`${text}\n`);
    expect(updateDocument('shop', update)).toMatchObject({ changed: false, image: null, packages: [] });
  });
});
