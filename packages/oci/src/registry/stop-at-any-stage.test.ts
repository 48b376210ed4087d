import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { createContext } from '../context/context.ts';
import { createImage } from '../image/create-image.ts';
import { blobLayer } from '../layer/blob-layer.ts';
import { layoutStore } from '../layout/layout-store.ts';
import { digestOf } from '../model/digest.ts';
import { mediaTypes } from '../model/media-types.ts';
import { parseReference } from '../model/reference.ts';
import type { FaultPlan, MemoryRegistry } from '../registry-memory/index.ts';
import { startedRegistry } from '../registry-memory/testing/started-registry.ts';
import { impatient } from '../testing/pulled.ts';
import { pushed } from '../testing/pushed.ts';
import { temporaryFolder } from '../testing/temporary-folder.ts';
import { noise, twoPlatformIndex } from '../testing/two-platform-index.ts';
import { registryStore } from './registry-store.ts';

const auth = { kind: 'bearer' as const, username: 'otto', password: 'geheim' };
const credentials = { find: async () => auth };
const index = () => twoPlatformIndex(1, { sharedBytes: 200_000, ownBytes: 50_000 });
const options = { credentials, maxPartBytes: 60_000, retry: impatient };

/** Tells somebody to stop when a request with this number comes, and answers it late. */
function stopAt(number: number, stop: AbortController, reason: Error): FaultPlan {
  let seen = 0;
  return {
    next() {
      if (seen++ !== number) return undefined;
      stop.abort(reason);
      return { kind: 'slow', delayMs: 20 };
    },
  };
}

/** Sockets of this process, of both ends. */
async function openSockets(atMost: number): Promise<number> {
  const count = () => process.getActiveResourcesInfo().filter((name) => name === 'TCPSocketWrap').length;
  for (let tries = 0; tries < 200 && count() > atMost; tries++) await delay(5);
  return count();
}

async function push(registry: MemoryRegistry, signal: AbortSignal) {
  return (await pushed(registry, await index(), options, { signal })).error;
}

async function pull(registry: MemoryRegistry, folder: string, signal: AbortSignal): Promise<unknown> {
  await using store = registryStore(options);
  const ctx = createContext({ signal });
  try {
    const image = await store.get(parseReference(`${registry.address}/team/app:1`), ctx);
    await layoutStore(folder).put(parseReference('app'), image, ctx);
    return undefined;
  } catch (error) {
    return error;
  }
}

describe('whoever is told to stop', () => {
  it('stops a push at any of its requests, with the reason, and leaves no tag and no connection', async () => {
    const whole = await startedRegistry({ auth });
    expect(await push(whole, new AbortController().signal)).toBeUndefined();
    for (let number = 0; number < whole.requests.length; number++) {
      const [stop, reason] = [new AbortController(), new Error(`stopped at ${number}`)];
      const before = await openSockets(0);
      const registry = await startedRegistry({ auth, faults: stopAt(number, stop, reason) });
      const error = await push(registry, stop.signal);
      // When all had been sent but the last answer, it may have come first.
      if (error !== undefined || stop.signal.aborted) expect(error).toBe(reason);
      expect(await openSockets(before)).toBeLessThanOrEqual(before);
      expect(registry.verify()).toEqual([]);
    }
  }, 60_000);

  it('stops a pull at any of its requests, with the reason, and leaves no file and no connection', async () => {
    const stages: { number: number; stop: AbortController } = { number: -1, stop: new AbortController() };
    let seen = 0;
    const faults: FaultPlan = {
      next() {
        if (seen++ !== stages.number) return undefined;
        stages.stop.abort(new Error('stopped'));
        return { kind: 'slow', delayMs: 20 };
      },
    };
    const registry = await startedRegistry({ auth, faults });
    expect(await push(registry, new AbortController().signal)).toBeUndefined();
    seen = 0;
    const folder = () => join(temporaryFolder(), 'layout');
    expect(await pull(registry, folder(), new AbortController().signal)).toBeUndefined();
    const count = seen;
    for (let number = 0; number < count; number++) {
      const before = await openSockets(0);
      Object.assign(stages, { number, stop: new AbortController() });
      seen = 0;
      const layout = folder();
      expect(await pull(registry, layout, stages.stop.signal)).toHaveProperty('message', 'stopped');
      expect(readdirSync(join(layout, '..'))).toEqual([]);
      expect(await openSockets(before)).toBeLessThanOrEqual(before);
    }
    expect(count).toBeGreaterThan(8);
  }, 60_000);

  it('does not begin when he has been told before', async () => {
    const registry = await startedRegistry();
    const reason = new Error('before');
    expect(await push(registry, AbortSignal.abort(reason))).toBe(reason);
    expect(registry.requests.filter(({ method }) => method !== 'GET')).toEqual([]);
  });

  it('is not kept waiting by a source that says nothing more', async () => {
    const registry = await startedRegistry();
    const stop = new AbortController();
    const bytes = noise(1, 100_000);
    const layer = blobLayer({
      descriptor: { mediaType: mediaTypes.layerTar, digest: digestOf(bytes), size: bytes.byteLength },
      diffId: digestOf(bytes),
      async *open() {
        yield bytes.subarray(0, 50_000);
        setTimeout(() => stop.abort(reason), 20);
        await new Promise(() => {});
      },
    });
    const image = await createImage({
      platform: { os: 'linux', architecture: 'amd64' },
      parts: [{ layer, createdBy: 'silence' }],
      execution: {},
      created: '1970-01-01T00:00:00Z',
    });
    const reason = new Error('enough');
    expect((await pushed(registry, image, { retry: impatient }, { signal: stop.signal })).error).toBe(reason);
  });
});
