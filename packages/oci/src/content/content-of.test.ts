import { describe, expect, it } from 'vitest';
import { digestOf } from '../model/digest.ts';
import { mediaTypes } from '../model/media-types.ts';
import { startedRegistry } from '../registry-memory/testing/started-registry.ts';
import { describe256, imageParts, plantImage, plantIndex } from '../testing/planted-image.ts';
import { pulled } from '../testing/pulled.ts';
import { answer, scriptedServer } from '../testing/scripted-server.ts';

describe('what belongs to an index', () => {
  it('is not followed deeper than anybody nests', async () => {
    const registry = await startedRegistry();
    let inner: object = plantImage(registry, 'shop', imageParts());
    for (let depth = 0; depth < 99; depth++) inner = plantIndex(registry, 'shop', undefined, [inner]);
    plantIndex(registry, 'shop', 'deep', [inner]);
    const { error, files } = await pulled(`${registry.address}/shop:deep`);
    expect(error).toMatchObject({
      code: 'CATA_MANIFEST_INVALID',
      fault: 'remote',
      message: expect.stringContaining('nested deeper than'),
    });
    expect(files).toEqual([]);
    expect(registry.requests.length).toBeLessThan(15);
  });

  it('is followed as deep as somebody may nest', async () => {
    const registry = await startedRegistry();
    const image = plantImage(registry, 'shop', imageParts());
    plantIndex(registry, 'shop', '1', [plantIndex(registry, 'shop', undefined, [image])]);
    const { error, files } = await pulled(`${registry.address}/shop:1`);
    expect(error).toBeUndefined();
    expect(files.filter((name) => name.startsWith('blobs/sha256/'))).toHaveLength(5);
  });

  it('is read once, however often the index names it, and whatever leads there', async () => {
    const registry = await startedRegistry();
    const image = plantImage(registry, 'shop', imageParts());
    const middle = Array.from({ length: 7 }, (_, number) =>
      plantIndex(
        registry,
        'shop',
        undefined,
        Array.from({ length: 100 + number }, () => image),
      ),
    );
    plantIndex(registry, 'shop', '1', [...Array.from({ length: 1000 }, () => image), ...middle, ...middle]);
    expect((await pulled(`${registry.address}/shop:1`)).error).toBeUndefined();
    const asked = registry.requests.map(({ path }) => path).filter((path) => path.includes('sha256:'));
    expect(asked).toHaveLength(new Set(asked).size);
    expect(asked.filter((path) => path.includes(image.digest))).toHaveLength(1);
  });

  it('is given up at the first few of 20,000 that are not there', async () => {
    const registry = await startedRegistry();
    const entries = Array.from({ length: 20_000 }, (_, number) => ({
      mediaType: mediaTypes.manifest,
      digest: digestOf(String(number)),
      size: 500,
    }));
    const { size } = plantIndex(registry, 'shop', '1', entries);
    expect(size).toBeLessThan(4 * 1024 * 1024);
    const { error, files } = await pulled(`${registry.address}/shop:1`);
    expect(error).toMatchObject({ code: 'CATA_MANIFEST_NOT_FOUND' });
    expect(error?.message).toContain(digestOf('0'));
    expect(files).toEqual([]);
    expect(registry.requests.length).toBeLessThan(12);
  });

  it('is not held in memory without end: all manifests together have 32 MiB at most', async () => {
    const paddingBytes = 4_000_000;
    /** Made when it is asked for, as a server without end would. */
    const numbered = (number: number) =>
      Buffer.from(
        JSON.stringify({ schemaVersion: 2, mediaType: mediaTypes.index, manifests: [] }).padEnd(
          paddingBytes + number,
        ),
      );
    const digests = new Map(
      Array.from({ length: 20 }, (_, number) => [digestOf(numbered(number)) as string, number]),
    );
    const entries = [...digests].map(([digest, number]) => ({
      ...describe256(numbered(number), mediaTypes.index),
      digest,
    }));
    const index = { schemaVersion: 2, mediaType: mediaTypes.index, manifests: entries };
    const registry = await scriptedServer((request, response) => {
      const number = digests.get(request.url?.split('/').at(-1) ?? '');
      return answer(response, 200, number === undefined ? index : numbered(number), {
        'content-type': mediaTypes.index,
      });
    });
    const { error, files } = await pulled(`${registry.address}/shop:1`);
    expect(error).toMatchObject({ code: 'CATA_MANIFEST_TOO_LARGE', fault: 'remote' });
    expect(files).toEqual([]);
    expect(registry.writtenBytes).toBeLessThan(40 * 1024 * 1024);
  });

  it('may be an artifact, an attestation and a platform that nobody knows, and stays as it is', async () => {
    const registry = await startedRegistry();
    const parts = imageParts();
    const image = plantImage(registry, 'shop', parts);
    const attestation = Buffer.from(
      JSON.stringify({
        ...JSON.parse(Buffer.from(parts.manifest).toString()),
        artifactType: 'application/vnd.in-toto+json',
      }),
    );
    const attested = plantImage(registry, 'shop', { ...parts, manifest: attestation });
    const unknown = { os: 'unknown', architecture: 'unknown' };
    const annotations = { 'vnd.docker.reference.digest': image.digest };
    const entries = [
      { ...image, platform: { os: 'plan9', architecture: 'mips' } },
      { ...attested, platform: unknown, annotations },
    ];
    plantIndex(registry, 'shop', '1', entries);
    const { error, files } = await pulled(`${registry.address}/shop:1`);
    expect(error).toBeUndefined();
    for (const { digest } of [image, attested]) expect(files).toContain(`blobs/${digest.replace(':', '/')}`);
  });
});
