import { expect, it } from 'vitest';
import { createContext } from '../context/context.ts';
import { layoutStore } from '../layout/layout-store.ts';
import { parseReference } from '../model/reference.ts';
import { type FaultPlan, startMemoryRegistry } from '../registry-memory/index.ts';
import { temporaryFolder } from '../testing/temporary-folder.ts';
import { twoPlatformIndex } from '../testing/two-platform-index.ts';
import { registryStore } from './registry-store.ts';

it('a copy that has failed waits for no blob that it does not need any more', async () => {
  let blobs = 0;
  // One blob comes only after longer than this test may take; the next one is refused at once.
  const faults: FaultPlan = {
    next: ({ method, path }) => {
      if (method !== 'GET' || !path.includes('/blobs/')) return undefined;
      blobs += 1;
      return blobs === 1 ? { kind: 'slow', delayMs: 120_000 } : { kind: 'status', status: 403 };
    },
  };
  await using registry = await startMemoryRegistry({ faults });
  await using store = registryStore();
  const reference = parseReference(`${registry.address}/app:1`);
  await store.put(reference, await twoPlatformIndex(1, { sharedBytes: 5000, ownBytes: 10 }), createContext());
  const image = await store.get(reference, createContext());
  const put = layoutStore(temporaryFolder()).put(parseReference('app'), image, createContext());
  await expect(put).rejects.toMatchObject({ code: 'CATA_REGISTRY_DENIED' });
}, 20_000);
