import { createContext, file, type TarEntry } from '@catamaran/oci';
import { describe, expect, it } from 'vitest';
import { amd64, imageOf } from '../../testing/base-images.ts';
import { temporaryFolder } from '../../testing/temporary-folder.ts';
import { openCache } from '../cache/cache.ts';
import type { BaseSource } from './base-source.ts';
import { baseTarget } from './base-target.ts';
import { scratchBase } from './scratch/scratch-base.ts';

const glibc = [file('lib64/ld-linux-x86-64.so.2', 'x'), file('lib64/libc.so.6', 'x')];
const musl = [file('lib/ld-musl-x86_64.so.1', 'x')];
const node = file('usr/bin/node', 'node.js/v22.1.0 ', 0o755);

function baseOf(...entries: readonly TarEntry[]): BaseSource {
  return {
    subject: 'the.base/app',
    origin: async () => ({}),
    resolve: (platform) => imageOf(platform, [entries], { Env: ['PATH=/usr/bin:/bin'] }),
  };
}

const registry = { kind: 'registry', image: 'the.base/app' } as const;
const target = (
  base: BaseSource,
  version: string,
  config: Parameters<typeof baseTarget>[0]['base'] = registry,
) => baseTarget({ base: config, node: version }, base, openCache(temporaryFolder()))(amd64, createContext());

describe('what native code on a base has to fit', () => {
  it('is glibc and the Node.js that is put on it', async () => {
    expect(await target(baseOf(...glibc, node), '24.21.0')).toEqual({
      platform: amd64,
      libc: 'glibc',
      nodeVersion: '24.21.0',
      nodePath: 'usr/local/bin/node',
    });
  });

  it.each([
    ['glibc', glibc],
    ['musl', musl],
  ])('is %s and the Node.js that it has', async (libc, library) => {
    const found = await target(baseOf(...library, node), 'base');
    expect(found).toEqual({ platform: amd64, libc, nodeVersion: '22.1.0', nodePath: 'usr/bin/node' });
  });

  it('is known of Debian’s without a look', async () => {
    const base = { ...baseOf(), resolve: () => Promise.reject(new Error('looked')) };
    const debian = { kind: 'debian' } as Parameters<typeof baseTarget>[0]['base'];
    expect(await target(base, '24.21.0', debian)).toMatchObject({ libc: 'glibc', nodeVersion: '24.21.0' });
  });

  it.each([
    [
      'musl under the published Node.js',
      [...musl, node],
      '24.21.0',
      'CATA_BASE_MUSL',
      /musl, and Node\.js 24\.21\.0/,
    ],
    ['no C library', [node], '24.21.0', 'CATA_BASE_LIBC_MISSING', /has no C library for linux\/amd64/],
    ['no Node.js', glibc, 'base', 'CATA_BASE_NODE_MISSING', /no program "node" in \/usr\/bin:\/bin\./],
    [
      'a Node.js of its own kind',
      [...glibc, file('bin/node', 'x', 0o755)],
      'base',
      'CATA_BASE_NODE_VERSION',
      /told from \/bin\/node\./,
    ],
  ])('is an error where there is %s', async (_, entries, version, code, message) => {
    await expect(target(baseOf(...entries), version)).rejects.toMatchObject({
      code,
      fault: 'user',
      message: expect.stringMatching(message),
    });
    await expect(target(baseOf(...entries), version)).rejects.toThrow('the.base/app');
  });

  it('is told of scratch before anything is built on it', async () => {
    await expect(target(scratchBase(0), '24.21.0', { kind: 'scratch' })).rejects.toMatchObject({
      code: 'CATA_BASE_LIBC_MISSING',
      message: 'The base scratch has no C library for linux/amd64, and Node.js cannot run without one.',
      hint: expect.stringContaining('kind "debian"'),
    });
  });
});
