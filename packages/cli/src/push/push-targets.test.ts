import { describe, expect, it } from 'vitest';
import { formatRegistryReference } from '../location/format-location.ts';
import { pushTargets, repositoriesOf, splitPushArguments } from './push-targets.ts';

const project = (...to: readonly { registry: string; repository: string; tag?: string }[]) => ({
  name: 'shop',
  publish: { to },
});
const shown = (...given: Parameters<typeof pushTargets>) =>
  pushTargets(...given).map(formatRegistryReference);

describe('the arguments of push', () => {
  it.each([
    { words: [], folder: '.', references: [] },
    { words: ['samples/shop'], folder: 'samples/shop', references: [] },
    { words: ['.', 'r.io/a', 'r.io/b'], folder: '.', references: ['r.io/a', 'r.io/b'] },
    { words: ['r.io/a', 'r.io/b'], folder: '.', references: ['r.io/a', 'r.io/b'] },
    { words: ['docker://you/app'], folder: '.', references: ['docker://you/app'] },
    { words: ['localhost/app'], folder: '.', references: ['localhost/app'] },
    { words: ['localhost:5000/app:1'], folder: '.', references: ['localhost:5000/app:1'] },
    { words: ['registry:5000/app'], folder: '.', references: ['registry:5000/app'] },
    { words: ['R.io/App'], folder: '.', references: ['R.io/App'] },
    { words: ['../shop'], folder: '../shop', references: [] },
    { words: ['./my.app/shop', 'r.io/a'], folder: './my.app/shop', references: ['r.io/a'] },
    { words: ['/srv/shop'], folder: '/srv/shop', references: [] },
    { words: ['shop.v2'], folder: 'shop.v2', references: [] },
  ])('$words: folder $folder', ({ words, ...expected }) => {
    expect(splitPushArguments(words)).toEqual(expected);
  });
});

describe('where a project is pushed to', () => {
  const configured = project({ registry: 'r.io', repository: 'shop', tag: '1' });

  it('is what the configuration says, unless the command line names something', () => {
    expect(shown([], [], configured)).toEqual(['r.io/shop:1']);
    expect(shown(['q.io/shop', 'docker://you/shop:2'], [], configured)).toEqual([
      'q.io/shop:latest',
      'docker.io/you/shop:2',
    ]);
  });

  it('--tag replaces the tags of the configuration, and gives one to what has none', () => {
    expect(shown([], ['2', 'stable'], configured)).toEqual(['r.io/shop:2', 'r.io/shop:stable']);
    expect(shown(['q.io/shop'], ['2', '3'], configured)).toEqual(['q.io/shop:2', 'q.io/shop:3']);
  });

  it('has each once, however it is written', () => {
    const twice = ['r.io/a', 'r.io/a:latest', 'docker://r.io/a'];
    expect(shown(twice, [], configured)).toEqual(['r.io/a:latest']);
  });

  it.each([
    { given: [], tags: [], code: 'CATA_PUSH_NOWHERE', quotes: '"shop"' },
    { given: ['shop:1'], tags: [], code: 'CATA_PUSH_TARGET_INVALID', quotes: '"shop:1"' },
    { given: ['oci:folder'], tags: [], code: 'CATA_PUSH_TARGET_INVALID', quotes: '"oci:folder"' },
    { given: ['r.io/a:1'], tags: ['2'], code: 'CATA_PUSH_TARGET_INVALID', quotes: '"r.io/a:1"' },
    {
      given: [`r.io/a@sha256:${'0'.repeat(64)}`],
      tags: [],
      code: 'CATA_PUSH_TARGET_INVALID',
      quotes: 'a digest is',
    },
    { given: ['r.io/a'], tags: ['-x'], code: 'CATA_TAG_INVALID', quotes: '"-x"' },
    { given: ['r.io/a'], tags: ['a,b'], code: 'CATA_TAG_INVALID', quotes: '"a,b"' },
    { given: ['R.io/App'], tags: [], code: 'CATA_LOCATION_INVALID', quotes: '"R.io/App"' },
  ])('$given with $tags: $code', ({ given, tags, code, quotes }) => {
    expect(() => pushTargets(given, tags, project())).toThrow(
      expect.objectContaining({ code, message: expect.stringContaining(quotes) }),
    );
  });

  it('asks every repository once, Docker Hub’s under all its names', () => {
    const targets = pushTargets(
      ['r.io/a', 'r.io/b', 'r.io/a:2', 'docker://you/a', 'docker.io/you/a', 'index.docker.io/you/a'],
      [],
      project(),
    );
    expect(repositoriesOf(targets)).toHaveLength(3);
  });
});
