import { describe, expect, it } from 'vitest';
import { createContext } from '../../context/context.ts';
import { digestOf } from '../../model/digest.ts';
import { mediaTypes } from '../../model/media-types.ts';
import { parseReference } from '../../model/reference.ts';
import type { MemoryRegistry } from '../../registry-memory/index.ts';
import { startedRegistry } from '../../registry-memory/testing/started-registry.ts';
import { imageParts, plantImage, plantIndex } from '../../testing/planted-image.ts';
import { impatient } from '../../testing/pulled.ts';
import { registryStore } from '../registry-store.ts';
import { artifactAbout, plantSubject } from './testing/artifact-about.ts';

const ctx = createContext();
const child = { ...plantedChild(), platform: { os: 'linux', architecture: 'amd64' } };

function plantedChild() {
  const { manifest } = imageParts();
  return { mediaType: mediaTypes.manifest, digest: digestOf(manifest), size: manifest.byteLength };
}

/** Plants an index of images to refer to. */
function plantSubjectIndex(registry: MemoryRegistry) {
  plantImage(registry, 'shop', imageParts());
  return { ...plantIndex(registry, 'shop', '1', [child]), digest: digestOf(indexBytes(registry)) };
}

function indexBytes(registry: MemoryRegistry): Uint8Array {
  return registry.manifest('shop', registry.tags('shop').get('1') ?? '')?.bytes ?? Buffer.of();
}

describe.each<[string, typeof plantSubject, (registry: MemoryRegistry, tag: string) => unknown, string]>([
  [
    'the image itself',
    plantSubject,
    (registry, tag) => plantSubject(registry, 'shop', tag),
    'that image itself',
  ],
  [
    'the index itself',
    plantSubjectIndex,
    (registry, tag) => plantIndex(registry, 'shop', tag, [child]),
    'that image itself',
  ],
  [
    'another image',
    plantSubject,
    (registry, tag) => plantImage(registry, 'shop', imageParts({}, Buffer.from('x')), tag),
    'no index',
  ],
  [
    'an image of several platforms',
    plantSubject,
    (registry, tag) => plantIndex(registry, 'shop', tag, [child]),
    'several platforms',
  ],
  [
    'an index that cannot be read',
    plantSubject,
    (registry, tag) => registry.plantManifest('shop', tag, mediaTypes.index, Buffer.from('{"manifests":7}')),
    'cannot be used',
  ],
])('where the tag of a list stands for %s', (_, plant, plantUnderTag, said) => {
  it('nothing refers to the image, and what does is not listed at the cost of the tag', async () => {
    const registry = await startedRegistry({ quirks: { noReferrers: true } });
    const subject = plant(registry, 'shop');
    const tag = subject.digest.replace(':', '-');
    plantUnderTag(registry, tag);
    const before = registry.tags('shop').get(tag);
    await using store = registryStore({ retry: impatient });
    const shop = parseReference(`${registry.address}/shop`);
    expect(await store.referrers({ ...shop, digest: subject.digest }, undefined, ctx)).toEqual([]);
    const { image, digest } = artifactAbout(subject, 'a signature');
    await expect(store.put({ ...shop, digest }, image, ctx)).rejects.toMatchObject({
      code: 'CATA_REFERRERS_TAG_TAKEN',
      message: expect.stringContaining(said),
    });
    expect(registry.tags('shop').get(tag)).toBe(before);
    expect(registry.manifest('shop', digest)).toBeDefined();
  });
});
