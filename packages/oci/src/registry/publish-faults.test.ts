import { describe, expect, it } from 'vitest';
import { contentOf } from '../content/content-of.ts';
import { createContext } from '../context/context.ts';
import { CatamaranError } from '../errors/catamaran-error.ts';
import { collectBytes } from '../layer/byte-stream.ts';
import { parseReference } from '../model/reference.ts';
import {
  type FaultPlan,
  type MemoryRegistry,
  type MemoryRegistryOptions,
  type Quirks,
  seededFaults,
  startMemoryRegistry,
} from '../registry-memory/index.ts';
import { twoPlatformIndex } from '../testing/two-platform-index.ts';
import { registryStore } from './registry-store.ts';

const ctx = createContext();
/** Repeat one run with FAULT_SEED=n; run more, or others, with FAULT_SEEDS=first-last. */
const [firstSeed = 1, lastSeed = 1000] = (process.env.FAULT_SEED ?? process.env.FAULT_SEEDS ?? '1-1000')
  .split('-')
  .map(Number);
const groups = 10;

const deviations: readonly Partial<Quirks>[] = [
  {},
  { noMount: true, absoluteLocations: true },
  { chunkMinBytes: 48 * 1024 },
  { maxChunkBytes: 300 * 1024 },
  { noReferrers: true, pageSize: 1 },
];
const logins: readonly (MemoryRegistryOptions['auth'] | undefined)[] = [
  undefined,
  { kind: 'basic', username: 'otto', password: 'geheim' },
  { kind: 'bearer', username: 'otto', password: 'geheim', tokenLifetimeSeconds: 60 },
];

/** A plan that can be ended. */
function endable(plan: FaultPlan): FaultPlan & { end(): void } {
  let ended = false;
  return {
    next: (request) => (ended ? undefined : plan.next(request)),
    end: () => {
      ended = true;
    },
  };
}

/** Whether all of the content is there under the tag, byte by byte. */
async function expectPublished(registry: MemoryRegistry, seed: number): Promise<void> {
  const content = await contentOf(await indexOf(seed));
  expect(registry.tags('team/app').get('1')).toBe(content.root.descriptor.digest);
  for (const { descriptor, bytes } of content.manifests) {
    expect(Buffer.from(registry.manifest('team/app', descriptor.digest)?.bytes ?? []).equals(bytes)).toBe(
      true,
    );
  }
  for (const { descriptor, open } of content.blobs) {
    const stored = registry.blob('team/app', descriptor.digest) ?? new Uint8Array();
    expect(Buffer.from(stored).equals(await collectBytes(open()))).toBe(true);
  }
}

const indexOf = (seed: number) => twoPlatformIndex(seed, { sharedBytes: 300_000, ownBytes: 20_000 });

async function pushThroughFaults(seed: number): Promise<'published' | string> {
  const faults = endable(seededFaults(seed, { share: [0.02, 0.1, 0.25, 0.5][seed % 4] ?? 0 }));
  const auth = logins[seed % logins.length];
  const quirks = deviations[seed % deviations.length] ?? {};
  await using registry = await startMemoryRegistry({ faults, quirks, ...(auth ? { auth } : {}) });
  const reference = parseReference(`${registry.address}/team/app:1`);
  await using store = registryStore({
    credentials: { find: async () => ({ username: 'otto', password: 'geheim' }) },
    retry: { firstWaitMs: 1, maxWaitMs: 50 },
    maxPartBytes: [64 * 1024, 1024 * 1024][seed % 2] ?? 0,
  });
  let outcome = 'published';
  try {
    await store.put(reference, await indexOf(seed), ctx);
    await expectPublished(registry, seed);
  } catch (error) {
    if (!(error instanceof CatamaranError)) throw error;
    // What went wrong is the registry's, and the error says which registry and what it answered.
    expect(error.fault).toBe('remote');
    expect(error.message).toContain(registry.address);
    expect(error.message).not.toContain('geheim');
    outcome = error.code;
  }
  expect(registry.verify()).toEqual([]);
  faults.end();
  await store.put(reference, await indexOf(seed), ctx);
  await expectPublished(registry, seed);
  return outcome;
}

describe(`pushes to a registry with faults, seeds ${firstSeed} to ${lastSeed}`, () => {
  const seeds = Array.from({ length: lastSeed - firstSeed + 1 }, (_, index) => firstSeed + index);
  const outcomes = new Map<string, number>();

  it.each(Array.from({ length: groups }, (_, group) => group))(
    'ends each with the image published, or with what the registry answered, and nothing half-done (%i)',
    async (group) => {
      for (const seed of seeds.filter((candidate) => candidate % groups === group)) {
        const outcome = await pushThroughFaults(seed).catch((cause: unknown) => {
          throw new Error(`with FAULT_SEED=${seed}-${seed}`, { cause });
        });
        outcomes.set(outcome, (outcomes.get(outcome) ?? 0) + 1);
      }
    },
    120_000,
  );

  it('gets most of them through', () => {
    console.log(`seeds ${firstSeed} to ${lastSeed}:`, Object.fromEntries(outcomes));
    const total = [...outcomes.values()].reduce((sum, count) => sum + count, 0);
    expect(total).toBe(seeds.length);
    if (total >= 100) expect(outcomes.get('published') ?? 0).toBeGreaterThan(total / 2);
  });
});
