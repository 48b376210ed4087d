import { readFileSync } from 'node:fs';
import { createImage, file, symlink, type TarEntry } from '@catamaran/oci';
import { describe, expect, it } from 'vitest';
import { amd64, imageOf, plainLayerOf } from '../../../testing/base-images.ts';
import { recordingContext } from '../../../testing/layer-tools.ts';
import { temporaryFolder } from '../../../testing/temporary-folder.ts';
import { openCache } from '../../cache/cache.ts';
import { lookAtBase } from './look-at-base.ts';

/** Something like Node.js: what it is not is long, and what it is stands across two pieces of what is read. */
function nodeOf(version: string): Uint8Array {
  const name = `node.js/v${version}`;
  const bytes = Buffer.alloc(300_000);
  bytes.write(name, 262_144 - 7, 'latin1');
  bytes.write('v99.0.0 node.js/v1 node.js/x', 1000, 'latin1');
  return bytes;
}
const node = (path: string, version = '24.1.0', mode = 0o755) => file(path, nodeOf(version), mode);

async function look(layers: readonly (readonly TarEntry[])[], env: readonly string[] = []) {
  const image = await imageOf(amd64, layers, { Env: env });
  return lookAtBase(image, amd64, openCache(temporaryFolder()), recordingContext().ctx);
}

describe('the Node.js of a base', () => {
  it.each([
    ['in the usual folders', [[node('usr/local/bin/node')]], [], 'usr/local/bin/node'],
    [
      'on the image’s PATH',
      [[node('opt/n/node')], [node('usr/bin/node')]],
      ['PATH=/opt/n:/usr/bin'],
      'opt/n/node',
    ],
    [
      'behind links',
      [[node('opt/node-24/bin/node'), symlink('usr/bin/node', '../../opt/node-24/bin/node')]],
      [],
      'usr/bin/node',
    ],
    [
      'past what is no program',
      [[node('usr/local/bin/node', '1.1.1', 0o644), node('bin/node')]],
      [],
      'bin/node',
    ],
    ['past relative folders', [[node('bin/node')]], ['PATH=:bin:node_modules/.bin:/bin/'], 'bin/node'],
  ])('is found %s', async (_, layers, env, path) => {
    expect((await look(layers, env)).node).toEqual({ path, version: '24.1.0' });
  });

  it('is none where no folder of PATH has it, or a later layer has taken it away', async () => {
    expect((await look([[node('opt/node')]])).node).toBeUndefined();
    expect((await look([[node('bin/node')], [file('bin/.wh.node', '')]])).node).toBeUndefined();
  });

  it('is the one that the last layer has put there', async () => {
    const found = await look([[node('bin/node', '20.0.0')], [node('bin/node', '22.12.0')]]);
    expect(found.node?.version).toBe('22.12.0');
  });

  it('has the version that NODE_VERSION says, and else the one that it says itself', async () => {
    const layers = [[node('bin/node', '24.1.0')]];
    expect((await look(layers, ['NODE_VERSION=24.5.0'])).node?.version).toBe('24.5.0');
    for (const text of ['', 'lts', '24', '24.5.0-rc.1'])
      expect((await look(layers, [`NODE_VERSION=${text}`])).node?.version).toBe('24.1.0');
  });

  it('has it in its library, where distributions split the two', async () => {
    const library = node('usr/lib/x86_64-linux-gnu/libnode.so.115', '20.19.2');
    const found = await look([[file('usr/bin/node', 'tiny', 0o755), library]]);
    expect(found.node).toEqual({ path: 'usr/bin/node', version: '20.19.2' });
  });

  it('has none that can be told where it does not say', async () => {
    const found = await look([[file('usr/bin/node', '#!/bin/sh\nexec bun "$@"\n', 0o755)]]);
    expect(found.node).toEqual({ path: 'usr/bin/node' });
  });

  it('has the version that this very program says of itself', async () => {
    const layer = plainLayerOf(file('bin/node', readFileSync(process.execPath), 0o755));
    const parts = [{ layer, createdBy: 'COPY node /bin' }];
    const image = await createImage({
      platform: amd64,
      parts,
      execution: {},
      created: '2020-01-02T03:04:05Z',
    });
    const found = await lookAtBase(image, amd64, openCache(temporaryFolder()), recordingContext().ctx);
    expect(found.node?.version).toBe(process.versions.node);
  });
});

describe('a base that was looked into', () => {
  it('is not looked into again', async () => {
    const image = await imageOf(amd64, [[node('bin/node')]]);
    const cache = openCache(temporaryFolder());
    const first = recordingContext();
    const seen = await lookAtBase(image, amd64, cache, first.ctx);
    expect(first.steps).toEqual(['C library and Node.js of the base for linux/amd64']);
    const second = recordingContext();
    const blind = { ...image, layers: () => Promise.reject(new Error('read again')) };
    expect(await lookAtBase(blind, amd64, cache, second.ctx)).toEqual(seen);
    expect(second.steps).toEqual([]);
  });
});
