import { describe, expect, it } from 'vitest';
import { createContext } from '../context/context.ts';
import type { Event } from '../context/event.ts';
import { createImage } from '../image/create-image.ts';
import type { Image } from '../image/image.ts';
import { parseReference } from '../model/reference.ts';
import { startCuttableWay } from '../testing/cuttable-way.ts';
import { protections, startedDockerRegistry } from '../testing/docker-registry/started-docker-registry.ts';
import { hasTools } from '../testing/tools.ts';
import { noiseLayer } from '../testing/two-platform-index.ts';
import { registryStore } from './registry-store.ts';

const mebibyte = 1024 * 1024;
/** In this order when one is sent at a time: the largest first. */
const [largeBytes, smallBytes] = [16 * mebibyte, 8 * mebibyte];
/** Requests, their headers, TLS, and what lay in buffers when the connection was cut. */
const overheadBytes = mebibyte;

/** Noise, so that nothing on the way can make it smaller. */
async function noisyImage(): Promise<Image> {
  return createImage({
    platform: { os: 'linux', architecture: 'amd64' },
    parts: [
      { layer: noiseLayer(1, largeBytes), createdBy: 'large' },
      { layer: noiseLayer(2, smallBytes), createdBy: 'small' },
    ],
    execution: {},
    created: '1970-01-01T00:00:00Z',
  });
}

describe.skipIf(!hasTools('docker-registry', 'openssl')).each(protections)(
  "the CNCF's registry, protected by %s, at the end of a connection that breaks",
  (protection) => {
    /**
     * This registry gives up an upload that holds other than what its own last answer said ("upload resumed at wrong
     * offset"), so of the blob whose part broke off all has to be sent again; of the others nothing.
     */
    it.each([
      ['in one piece', 64 * mebibyte],
      ['in parts', 2 * mebibyte],
    ])(
      'has in the end what is sent %s, and nothing twice but the blob that was cut',
      async (_, maxPartBytes) => {
        const registry = await startedDockerRegistry(protection);
        const way = await startCuttableWay(registry.address);
        await using store = registryStore({ ...registry.optionsFor(), maxPartBytes, atOnce: 1 });
        const events: Event[] = [];
        const ctx = createContext({ emit: (event) => void events.push(event) });
        way.cutAfter(largeBytes + smallBytes / 2);
        const reference = parseReference(`${way.address}/team/noise:1`);
        const root = await store.put(reference, await noisyImage(), ctx);
        expect(events).toContainEqual(
          expect.objectContaining({ type: 'registry.retried', registry: way.address }),
        );
        expect(await store.resolve(reference, ctx)).toEqual(root);
        expect(way.sentBytes).toBeLessThan(largeBytes + smallBytes / 2 + smallBytes + overheadBytes);
      },
    );

    it('is not sent again what had arrived before the program was stopped', async () => {
      const registry = await startedDockerRegistry(protection);
      const way = await startCuttableWay(registry.address);
      const stop = new AbortController();
      const reference = parseReference(`${way.address}/team/noise:1`);
      way.cutAfter(largeBytes + smallBytes / 2, () => stop.abort(new Error('Ctrl-C')));
      {
        await using store = registryStore({ ...registry.optionsFor(), atOnce: 1 });
        const pushing = store.put(reference, await noisyImage(), createContext({ signal: stop.signal }));
        await expect(pushing).rejects.toThrow('Ctrl-C');
      }
      const before = way.sentBytes;
      await using store = registryStore(registry.optionsFor());
      const root = await store.put(reference, await noisyImage(), createContext());
      expect(await store.resolve(reference, createContext())).toEqual(root);
      expect(way.sentBytes - before).toBeLessThan(smallBytes + overheadBytes);
    });
  },
);
