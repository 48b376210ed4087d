import { describe, expect, it } from 'vitest';
import { digestOf } from '../model/digest.ts';
import { mediaTypes } from '../model/media-types.ts';
import { descriptorOf, manifestOf, pushImage, putManifest } from './testing/push.ts';
import { send } from './testing/send.ts';
import { startedRegistry } from './testing/started-registry.ts';

const layer = digestOf('a layer');

describe('verify', () => {
  it('has nothing to say of what is right', async () => {
    const registry = await startedRegistry();
    expect(registry.verify()).toEqual([]);
    await pushImage(registry, 'shop', '1');
    const manifests = [descriptorOf(manifestOf('a layer'), mediaTypes.manifest)];
    const index = Buffer.from(JSON.stringify({ schemaVersion: 2, mediaType: mediaTypes.index, manifests }));
    expect((await putManifest(registry, 'shop', 'i', index, mediaTypes.index)).status).toBe(201);
    expect(registry.verify()).toEqual([]);
    await send(registry, 'DELETE', `/v2/shop/manifests/${digestOf(manifestOf('a layer'))}`);
    expect(registry.verify()).toEqual([`shop:i: the manifest ${digestOf(manifestOf('a layer'))} is missing`]);
  });

  it('finds what is missing, damaged and of another size', async () => {
    const registry = await startedRegistry();
    await pushImage(registry, 'shop', '1');
    await send(registry, 'DELETE', `/v2/shop/blobs/${layer}`);
    expect(registry.verify()).toEqual([`shop:1: the blob ${layer} is missing`]);
    registry.plantBlob('shop', layer, Buffer.from('another'));
    expect(registry.verify()).toEqual([`shop:1: the blob ${layer} has the digest ${digestOf('another')}`]);
    registry.plantBlob('shop', layer, Buffer.from('x'));
    expect(registry.verify()[0]).toBe(`shop:1: the blob ${layer} has 1 bytes, and its descriptor says 7`);
  });

  it('finds manifests that are not what they should be', async () => {
    const registry = await startedRegistry();
    registry.plantManifest('a', '1', mediaTypes.manifest, Buffer.from('{'));
    expect(registry.verify()[0]).toContain(`a:1: the manifest ${digestOf('{')} cannot be read: `);
    const self = { mediaType: mediaTypes.index, digest: layer, size: 1 };
    const index = Buffer.from(JSON.stringify({ schemaVersion: 2, manifests: [self] }));
    const loop = await startedRegistry();
    loop.plantManifest('b', '1', mediaTypes.index, index);
    loop.plantManifest('b', layer, mediaTypes.index, index);
    expect(loop.verify()).toEqual([
      `b:1: the manifest ${layer} has ${index.byteLength} bytes, and its descriptor says 1`,
      `b:1: the manifest ${layer} has the digest ${digestOf(index)}`,
      `b:1: the manifest ${layer} has ${index.byteLength} bytes, and its descriptor says 1`,
      `b:1: the manifest ${layer} contains itself`,
    ]);
  });
});
