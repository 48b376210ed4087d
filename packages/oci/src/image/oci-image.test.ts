import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { contentOf } from '../content/content-of.ts';
import { createContext } from '../context/context.ts';
import { collectBytes } from '../layer/byte-stream.ts';
import { layoutStore } from '../layout/layout-store.ts';
import type { Descriptor } from '../model/descriptor.ts';
import { mediaTypes } from '../model/media-types.ts';
import { type Platform, platforms } from '../model/platform.ts';
import { describeRaw, rawFromValue } from '../model/raw.ts';
import { parseReference } from '../model/reference.ts';
import { dockerImage, dockerIndex } from '../testing/docker-image.ts';
import { helloIndex } from '../testing/hello-index.ts';
import { temporaryFolder } from '../testing/temporary-folder.ts';
import { hasTools, runTool } from '../testing/tools.ts';
import { createImage } from './create-image.ts';
import { type Image, type ImageIndex, isImageIndex } from './image.ts';
import { indexOfChildren } from './index-of-children.ts';
import { asOciImage } from './oci-image.ts';

const [amd64] = platforms as [Platform];
const nothing = { parts: [], execution: {}, created: '1970-01-01T00:00:00Z' };

function requireImage(image: Image | ImageIndex): Image {
  return isImageIndex(image) ? expect.fail('an index') : image;
}

function requireIndex(image: Image | ImageIndex): ImageIndex {
  return isImageIndex(image) ? image : expect.fail('an image');
}

/** Digest → bytes of what is no manifest. */
async function blobsOf(image: Image | ImageIndex): Promise<ReadonlyMap<string, string>> {
  const { blobs } = await contentOf(image);
  const entries = blobs.map(async ({ descriptor, open }) => {
    return [descriptor.digest, Buffer.from(await collectBytes(open())).toString('hex')] as const;
  });
  return new Map(await Promise.all(entries));
}

describe('asOciImage', () => {
  it("gives an image with Docker's types those of OCI, and leaves configuration and layers alone", async () => {
    const image = await dockerImage(amd64);
    const converted = requireImage(await asOciImage(image));
    const before = (await image.manifest()).value;
    const { bytes, value } = await converted.manifest();
    expect(value).toEqual({
      ...before,
      mediaType: mediaTypes.manifest,
      config: { ...before.config, mediaType: mediaTypes.config },
      layers: before.layers.map((layer) => ({ ...layer, mediaType: mediaTypes.layerGzip })),
    });
    expect(JSON.parse(Buffer.from(bytes).toString())).toEqual(value);
    expect(await converted.config()).toEqual(await image.config());
    expect(await blobsOf(converted)).toEqual(await blobsOf(image));
  });

  it('has layers that can be read as before', async () => {
    const [image, converted] = [
      await dockerImage(amd64),
      requireImage(await asOciImage(await dockerImage(amd64))),
    ];
    const [[before], [layer]] = [await image.layers(), await converted.layers()];
    expect(await layer?.descriptor()).toEqual((await converted.manifest()).value.layers[0]);
    expect(await layer?.diffId()).toBe(await before?.diffId());
    expect(await collectBytes(layer?.uncompressed() ?? [])).toEqual(
      await collectBytes(before?.uncompressed() ?? []),
    );
  });

  it('gives an index all that its children have become', async () => {
    const converted = requireIndex(await asOciImage(await dockerIndex()));
    const { value } = await converted.manifest();
    expect(value.mediaType).toBe(mediaTypes.index);
    expect(value.manifests.map(({ platform }) => platform)).toEqual(platforms);
    for (const entry of value.manifests) {
      expect(entry.mediaType).toBe(mediaTypes.manifest);
      expect(await converted.child(entry)).toBe(await converted.image(entry.platform as Platform));
    }
    const { manifests } = await contentOf(converted);
    expect(manifests.map(({ descriptor }) => descriptor.digest).slice(0, 2)).toEqual(
      value.manifests.map(({ digest }) => digest),
    );
    expect(await blobsOf(converted)).toEqual(await blobsOf(await dockerIndex()));
  });

  it('is the same for the same image, and what is OCI already stays what it is', async () => {
    const [once, again] = [await asOciImage(await dockerIndex()), await asOciImage(await dockerIndex())];
    expect((await once.manifest()).bytes).toEqual((await again.manifest()).bytes);
    for (const image of [once, await helloIndex(), await createImage({ ...nothing, platform: amd64 })]) {
      expect(await asOciImage(image)).toBe(image);
    }
  });

  it("keeps BuildKit's attestations with the image that they are about", async () => {
    const attestation = await createImage({ ...nothing, platform: amd64 });
    const { bytes } = await attestation.manifest();
    const { root } = await contentOf(attestation);
    const about = ([image]: readonly Descriptor[]): Descriptor => ({
      mediaType: mediaTypes.manifest,
      digest: root.descriptor.digest,
      size: bytes.byteLength,
      platform: { os: 'unknown', architecture: 'unknown' },
      annotations: {
        'vnd.docker.reference.type': 'attestation-manifest',
        'vnd.docker.reference.digest': image?.digest ?? '',
      },
    });
    const index = await dockerIndex((images) => [[about(images), attestation]]);
    const { manifests } = (await requireIndex(await asOciImage(index)).manifest()).value;
    expect(manifests[2]).toEqual(about(manifests));
  });

  it('refuses an index that is nested without end', async () => {
    let index: ImageIndex = await dockerIndex();
    for (let depth = 0; depth < 20; depth++) {
      const descriptor = describeRaw(mediaTypes.index, await index.manifest());
      const list = { schemaVersion: 2, mediaType: mediaTypes.index, manifests: [descriptor] } as const;
      index = indexOfChildren(rawFromValue(list), new Map([[descriptor.digest, index]]));
    }
    await expect(asOciImage(index)).rejects.toMatchObject({ code: 'CATA_MANIFEST_INVALID' });
  });
});

describe.skipIf(!hasTools('umoci', 'skopeo'))('a layout with what asOciImage has made', () => {
  it('is read by umoci and skopeo, which know nothing of Docker types there', async () => {
    const folder = join(temporaryFolder(), 'layout');
    const ctx = createContext();
    const store = layoutStore(folder);
    await store.put(parseReference('docker:1'), await dockerImage(amd64), ctx);
    await store.put(parseReference('oci:1'), await asOciImage(await dockerImage(amd64)), ctx);
    const stat = (name: string) => runTool('umoci', ['stat', '--image', `${folder}:${name}`, '--json']);
    const inspect = (name: string) => runTool('skopeo', ['inspect', `oci:${folder}:${name}`]);
    expect(() => stat('docker:1')).toThrow(/not implemented/);
    expect(() => inspect('docker:1')).toThrow(/no descriptor found/);
    expect(JSON.parse(stat('oci:1').toString()).history).toMatchObject([{ created_by: 'a test' }]);
    expect(JSON.parse(inspect('oci:1').toString())).toMatchObject({ Architecture: 'amd64', Os: 'linux' });
  });
});
