import { describe, expect, it } from 'vitest';
import { createContext } from '../../context/context.ts';
import { layoutStore } from '../../layout/layout-store.ts';
import type { Descriptor } from '../../model/descriptor.ts';
import { type Digest, digestOf, parseDigest } from '../../model/digest.ts';
import { mediaTypes } from '../../model/media-types.ts';
import { parseReference } from '../../model/reference.ts';
import type { FaultPlan, MemoryRegistry } from '../../registry-memory/index.ts';
import { startedRegistry } from '../../registry-memory/testing/started-registry.ts';
import { imageParts, plantImage, plantIndex } from '../../testing/planted-image.ts';
import { impatient, pulled } from '../../testing/pulled.ts';
import { answer, scriptedServer } from '../../testing/scripted-server.ts';
import { temporaryFolder } from '../../testing/temporary-folder.ts';
import { registryStore } from '../registry-store.ts';

const ctx = createContext();
const parts = imageParts();
const image = digestOf(parts.manifest);
const subject = { mediaType: mediaTypes.manifest, digest: image, size: parts.manifest.byteLength };
const sbomType = 'application/spdx+json';
const signatureType = 'application/vnd.example.signature';

/** An artifact about the image, to be read from a registry of its own. */
async function artifact(artifactType: string, text: string) {
  const source = await startedRegistry();
  const layer = Buffer.from(text);
  const base = imageParts({}, layer);
  const manifest = {
    ...JSON.parse(Buffer.from(base.manifest).toString()),
    artifactType,
    subject,
    annotations: { text },
  };
  plantImage(source, 'artifacts', { ...base, manifest: Buffer.from(JSON.stringify(manifest)) }, 'it');
  await using store = registryStore({ retry: impatient });
  const found = await store.get(parseReference(`${source.address}/artifacts:it`), ctx);
  const folder = temporaryFolder();
  const { digest } = await layoutStore(folder).put(parseReference('it'), found, ctx);
  return { digest, read: () => layoutStore(folder).get(parseReference('it'), ctx) };
}

async function put(registry: MemoryRegistry, made: Awaited<ReturnType<typeof artifact>>): Promise<unknown> {
  await using store = registryStore({ retry: impatient });
  const reference = parseReference(`${registry.address}/shop@${made.digest}`);
  return await store.put(reference, await made.read(), ctx).catch((error: unknown) => error);
}

async function referrers(address: string, artifactType?: string): Promise<readonly Descriptor[]> {
  await using store = registryStore({ retry: impatient });
  const reference = { ...parseReference(`${address}/shop`), digest: parseDigest(image) };
  return await store.referrers(reference, artifactType, ctx);
}

const tagOfList = image.replace(':', '-');

describe.each([
  ['keeps the list itself', {}],
  ['leaves the list to its clients', { noReferrers: true }],
])('in a registry that %s, what refers to an image', (_, quirks) => {
  it('is listed when it has been pushed, once, and by its type', async () => {
    const registry = await startedRegistry({ quirks });
    plantImage(registry, 'shop', parts, '1');
    expect(await referrers(registry.address)).toEqual([]);
    const [sbom, signature] = [await artifact(sbomType, 'sbom'), await artifact(signatureType, 'signed')];
    for (const made of [sbom, signature, sbom]) await put(registry, made);
    const listed = await referrers(registry.address);
    expect(listed.map(({ digest }) => digest)).toEqual([sbom.digest, signature.digest]);
    expect(listed[0]).toMatchObject({
      artifactType: sbomType,
      annotations: { text: 'sbom' },
      mediaType: mediaTypes.manifest,
    });
    expect((await referrers(registry.address, signatureType)).map(({ digest }) => digest)).toEqual([
      signature.digest,
    ]);
    expect(await referrers(registry.address, 'application/x-other')).toEqual([]);
    expect(registry.tags('shop').has(tagOfList)).toBe('noReferrers' in quirks);
  });

  it('is listed though a push was ended between the two, when it is pushed again', async () => {
    let isBroken = true;
    const faults: FaultPlan = {
      next: ({ path, method }) =>
        isBroken && method === 'PUT' && path.includes(tagOfList)
          ? { kind: 'status', status: 403, code: 'DENIED' }
          : undefined,
    };
    const registry = await startedRegistry({ quirks, faults });
    plantImage(registry, 'shop', parts, '1');
    const sbom = await artifact(sbomType, 'sbom');
    await put(registry, sbom);
    isBroken = false;
    await put(registry, sbom);
    expect((await referrers(registry.address)).map(({ digest }) => digest)).toEqual([sbom.digest]);
  });
});

describe('a list of referrers', () => {
  it('is read over many pages, and filtered here where a registry does not', async () => {
    const entry = (number: number) => ({
      ...subject,
      digest: digestOf(`referrer ${number}`),
      artifactType: number % 2 === 0 ? sbomType : signatureType,
    });
    const registry = await scriptedServer((request, response) => {
      const url = new URL(request.url ?? '/', 'http://x');
      const page = Number(url.searchParams.get('page') ?? 0);
      const link: Record<string, string> =
        page < 299 ? { link: `<${url.pathname}?page=${page + 1}>; rel="next"` } : {};
      return answer(response, 200, { schemaVersion: 2, manifests: [entry(page)] }, link);
    });
    expect(await referrers(registry.address)).toHaveLength(300);
    expect(await referrers(registry.address, sbomType)).toHaveLength(150);
  });

  it.each<[string, object, number]>([
    ['small pages', {}, 1010],
    ['large pages', { annotations: { x: 'x'.repeat(3_900_000) } }, 15],
  ])('has an end, even where a registry has none: %s', async (_, more, requests) => {
    const page = Buffer.from(JSON.stringify({ schemaVersion: 2, manifests: [{ ...subject, ...more }] }));
    const registry = await scriptedServer((_request, response) =>
      answer(response, 200, page, { link: '</v2/shop/referrers/x>; rel="next"' }),
    );
    await expect(referrers(registry.address)).rejects.toMatchObject({
      code: 'CATA_REGISTRY_REFUSED',
      fault: 'remote',
    });
    expect(registry.seen.length).toBeLessThan(requests);
  });

  it.each<[string, unknown]>([
    ['a page', '<html>'],
    ['an image', parts.manifest],
    ['entries that are none', { schemaVersion: 2, manifests: [7] }],
    ['a type of artifact that is none', { schemaVersion: 2, manifests: [{ ...subject, artifactType: 7 }] }],
  ])('that is %s is refused', async (_, body) => {
    const registry = await scriptedServer((_request, response) =>
      answer(response, 200, body instanceof Uint8Array ? Buffer.from(body) : body),
    );
    await expect(referrers(registry.address)).rejects.toMatchObject({
      code: 'CATA_MANIFEST_INVALID',
      fault: 'remote',
    });
  });
});

it('an image with attestations of a platform that nobody knows is copied byte for byte', async () => {
  const [from, to] = [await startedRegistry(), await startedRegistry()];
  const made = plantImage(from, 'shop', parts);
  const attestation = imageParts({}, Buffer.from('{"predicate":{}}'));
  const attested = plantImage(from, 'shop', attestation);
  const root = plantIndex(from, 'shop', '1', [
    { ...made, platform: { os: 'linux', architecture: 'amd64' } },
    {
      ...attested,
      platform: { os: 'unknown', architecture: 'unknown' },
      annotations: { 'vnd.docker.reference.type': 'attestation-manifest' },
    },
  ]);
  await using store = registryStore({ retry: impatient });
  const image256 = await store.get(parseReference(`${from.address}/shop:1`), ctx);
  await store.put(parseReference(`${to.address}/copy:1`), image256, ctx);
  expect(to.verify()).toEqual([]);
  expect(to.tags('copy').get('1')).toBe(root.digest);
  for (const digest of [root.digest, made.digest, attested.digest]) {
    expect(
      Buffer.from(to.manifest('copy', digest)?.bytes ?? '').equals(
        from.manifest('shop', digest)?.bytes ?? Buffer.of(),
      ),
    ).toBe(true);
  }
  expect(to.blob('copy', digestOf('{"predicate":{}}') satisfies Digest)).toBeDefined();
  expect((await pulled(`${to.address}/copy:1`)).error).toBeUndefined();
});
