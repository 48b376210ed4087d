import { describe, expect, it } from 'vitest';
import { createImage } from '../../image/create-image.ts';
import type { Image } from '../../image/image.ts';
import type { Fault, FaultPlan, MemoryRegistry, Quirks } from '../../registry-memory/index.ts';
import { faultAt } from '../../registry-memory/testing/fault-at.ts';
import { startedRegistry } from '../../registry-memory/testing/started-registry.ts';
import { pushed } from '../../testing/pushed.ts';
import { noiseLayer } from '../../testing/two-platform-index.ts';

const layerBytes = 1_000_000;
const maxPartBytes = 300_000;
const login = { username: 'otto', password: 'geheim' };
const credentials = { find: async () => login };

function imageOf(...layers: ReturnType<typeof noiseLayer>[]): Promise<Image> {
  return createImage({
    platform: { os: 'linux', architecture: 'amd64' },
    parts: layers.map((layer) => ({ layer, createdBy: 'noise' })),
    execution: {},
    created: '1970-01-01T00:00:00Z',
  });
}

const oneLayer = () => imageOf(noiseLayer(1, layerBytes));

/** What was sent of the layer: the configuration goes in one small request. */
function sentOf(registry: MemoryRegistry) {
  const uploads = registry.requests.filter(({ path }) => path.includes('/blobs/uploads/'));
  const patches = uploads.filter(({ method }) => method === 'PATCH');
  return {
    patches: patches.map(({ bodyBytes }) => bodyBytes),
    sizeBytes: patches.reduce((sum, { bodyBytes }) => sum + bodyBytes, 0),
    begun: uploads.filter(({ method }) => method === 'POST').length,
  };
}

function expectPublished(registry: MemoryRegistry): void {
  expect(registry.tags('team/app').has('1')).toBe(true);
  expect(registry.verify()).toEqual([]);
}

/** A fault for the second part of the layer. */
function atSecondPart(fault: Fault): FaultPlan {
  let parts = 0;
  return { next: ({ method }) => (method === 'PATCH' && ++parts === 2 ? fault : undefined) };
}

describe('a blob that is sent in parts', () => {
  it('arrives, each byte once', async () => {
    const registry = await startedRegistry();
    expect((await pushed(registry, await oneLayer(), { maxPartBytes })).error).toBeUndefined();
    expectPublished(registry);
    expect(sentOf(registry)).toEqual({
      patches: [300_000, 300_000, 300_000, 100_000],
      sizeBytes: layerBytes,
      begun: 2,
    });
  });

  it.each<[string, Fault, number]>([
    ['the token has expired', { kind: 'status', status: 401 }, maxPartBytes],
    ['the registry is busy', { kind: 'status', status: 429, retryAfterSeconds: 0 }, maxPartBytes],
    ['the registry fails', { kind: 'status', status: 503 }, maxPartBytes],
    ['the connection breaks in the middle', { kind: 'drop-request', afterBytes: 100_000 }, maxPartBytes],
    ['the connection breaks before', { kind: 'drop-request', afterBytes: 0 }, maxPartBytes],
    ['the answer gets lost', { kind: 'drop-response', afterBytes: 0 }, 0],
    ['the registry has lost some of it', { kind: 'forget-part', bytes: 70_000 }, 70_000 + maxPartBytes],
    ['the registry wants it from elsewhere', { kind: 'status', status: 416 }, maxPartBytes],
  ])('goes on in its session, from where the registry is, when %s', async (_, fault, againBytes) => {
    const auth = { kind: 'bearer' as const, ...login };
    const registry = await startedRegistry({ auth, faults: atSecondPart(fault) });
    const { error } = await pushed(registry, await oneLayer(), { maxPartBytes, credentials });
    expect(error).toBeUndefined();
    expectPublished(registry);
    const { sizeBytes, begun } = sentOf(registry);
    expect(sizeBytes).toBeLessThanOrEqual(layerBytes + againBytes);
    expect(begun).toBe(
      2 + registry.requests.filter(({ method, status }) => method === 'POST' && status === 401).length,
    );
  });

  it('is begun anew, once, when the registry has forgotten its session', async () => {
    const registry = await startedRegistry({ faults: atSecondPart({ kind: 'lose-upload' }) });
    expect((await pushed(registry, await oneLayer(), { maxPartBytes })).error).toBeUndefined();
    expectPublished(registry);
    expect(sentOf(registry).begun).toBe(3);
    expect(sentOf(registry).sizeBytes).toBeLessThanOrEqual(layerBytes + 2 * maxPartBytes);
  });

  it('is given up at once when the registry asks to wait for longer than anybody would', async () => {
    const registry = await startedRegistry({
      faults: atSecondPart({ kind: 'status', status: 429, retryAfterSeconds: 3600 }),
    });
    const { error } = await pushed(registry, await oneLayer(), { maxPartBytes });
    expect(error).toMatchObject({ code: 'CATA_REGISTRY_BUSY', fault: 'remote' });
    expect(sentOf(registry).patches).toHaveLength(2);
    expect(registry.tags('team/app').size).toBe(0);
  });

  it.each<[number, Partial<Quirks>]>([
    [1, { maxChunkBytes: 256 * 1024 }],
    [2, { maxChunkBytes: 600_000 }],
  ])('goes in smaller ones when something on the way lets no larger ones through (%i)', async (_, quirks) => {
    const registry = await startedRegistry({ quirks });
    expect((await pushed(registry, await imageOf(noiseLayer(1, 4_000_000)))).error).toBeUndefined();
    expectPublished(registry);
    expect(registry.requests.some(({ status }) => status === 413)).toBe(true);
    expect(sentOf(registry).sizeBytes).toBeLessThan(3 * 4_000_000);
  });

  it('is given up when not even small ones are let through', async () => {
    const registry = await startedRegistry({ quirks: { maxChunkBytes: 10_000 } });
    const { error } = await pushed(registry, await imageOf(noiseLayer(1, 2_000_000)));
    expect(error).toMatchObject({ code: 'CATA_REGISTRY_REFUSED', fault: 'remote' });
    expect(error).toHaveProperty('message', expect.stringContaining('413'));
    expect(registry.requests.filter(({ status }) => status === 413).length).toBeLessThan(8);
  });

  it('goes in parts that are large enough for the registry', async () => {
    const registry = await startedRegistry({ quirks: { chunkMinBytes: 400_000 } });
    expect((await pushed(registry, await oneLayer(), { maxPartBytes })).error).toBeUndefined();
    expectPublished(registry);
    expect(sentOf(registry).patches).toEqual([400_000, 400_000, 200_000]);
  });

  it('goes to absolute addresses, and keeps what is in them', async () => {
    const registry = await startedRegistry({ quirks: { absoluteLocations: true } });
    expect((await pushed(registry, await oneLayer(), { maxPartBytes })).error).toBeUndefined();
    expectPublished(registry);
    const closing = registry.requests.filter(
      ({ method, path }) => method === 'PUT' && path.includes('/uploads/'),
    );
    expect(closing.every(({ path }) => /[?&]_state=/.test(path) && /[?&]digest=sha256%3A/.test(path))).toBe(
      true,
    );
  });
});

describe('a blob that is sent, or need not be', () => {
  const stages = [
    ['HEAD', '/blobs/sha256'],
    ['POST', '/blobs/uploads/'],
    ['PATCH', '/blobs/uploads/'],
    ['PUT', '/blobs/uploads/'],
    ['HEAD', '/manifests/'],
    ['PUT', '/manifests/'],
  ] as const;
  const faults: readonly Fault[] = [
    { kind: 'status', status: 503 },
    { kind: 'status', status: 429 },
    { kind: 'drop-request', afterBytes: 0 },
    { kind: 'drop-response', afterBytes: 0 },
  ];

  it.each(stages.flatMap(([method, part]) => faults.map((fault) => ({ method, part, fault }))))(
    'arrives in spite of $fault at $method $part',
    async ({ method, part, fault }) => {
      const registry = await startedRegistry({ faults: faultAt(method, part, fault) });
      expect((await pushed(registry, await oneLayer(), { maxPartBytes })).error).toBeUndefined();
      expectPublished(registry);
      expect(registry.receivedBytes).toBeLessThan(layerBytes + maxPartBytes + 10_000);
    },
  );

  it('is sent in the session that a registry begins when it does not mount', async () => {
    const registry = await startedRegistry({ quirks: { noMount: true } });
    const origins = { find: async () => ['elsewhere'], add: async () => {} };
    const { error, events } = await pushed(registry, await oneLayer(), { origins });
    expect(error).toBeUndefined();
    expectPublished(registry);
    const posts = registry.requests.filter(({ method }) => method === 'POST');
    expect(posts).toHaveLength(2);
    expect(posts.every(({ path }) => path.includes('mount=') && path.includes('from=elsewhere'))).toBe(true);
    expect(events.filter((event) => event.type === 'blob.pushed' && event.how === 'sent')).toHaveLength(2);
  });

  it('is mounted where a registry does', async () => {
    const registry = await startedRegistry();
    await pushed(registry, await oneLayer());
    const before = registry.receivedBytes;
    for (const { digest, bytes } of await blobsOf(registry)) registry.plantBlob('elsewhere', digest, bytes);
    const origins = { find: async () => ['nowhere', 'elsewhere', 'neither'], add: async () => {} };
    const image = await imageOf(noiseLayer(1, layerBytes), noiseLayer(2, 1000));
    await pushed(registry, image, { origins });
    expectPublished(registry);
    expect(registry.receivedBytes - before).toBeLessThan(5000);
  });
});

async function blobsOf(registry: MemoryRegistry) {
  const manifest = registry.manifest('team/app', registry.tags('team/app').get('1') ?? '');
  const { layers } = JSON.parse(Buffer.from(manifest?.bytes ?? '').toString());
  return (layers as { digest: string }[]).map(({ digest }) => ({
    digest,
    bytes: registry.blob('team/app', digest) ?? new Uint8Array(),
  }));
}
