import { describe, expect, it } from 'vitest';
import { createContext } from '../../context/context.ts';
import { parseReference } from '../../model/reference.ts';
import { type FaultPlan, startMemoryRegistry } from '../../registry-memory/index.ts';
import { twoPlatformIndex } from '../../testing/two-platform-index.ts';
import { registryStore } from '../registry-store.ts';

const retry = { retries: 2, firstWaitMs: 1, maxWaitMs: 20 };
const sizes = { sharedBytes: 200_000, ownBytes: 1000 };

describe('a blob that another repository has', () => {
  it.each([400, 401, 403, 404, 405])('is sent where a mount is answered with %d', async (status) => {
    const faults: FaultPlan = {
      next: ({ path }) => (path.includes('mount=') ? { kind: 'status', status } : undefined),
    };
    await using registry = await startMemoryRegistry({ faults });
    await using store = registryStore({ retry });
    const index = await twoPlatformIndex(1, sizes);
    const names = ['a', 'b'].map((name) => parseReference(`${registry.address}/${name}/app:1`));
    await store.publish(names, index, createContext());
    expect(registry.verify()).toEqual([]);
    expect([...registry.tags('b/app').keys()]).toEqual(['1']);
  });

  it('is sent to the first of several repositories of a registry, and mounted into the others', async () => {
    await using registry = await startMemoryRegistry();
    await using store = registryStore();
    const ways: string[] = [];
    const ctx = createContext({
      emit: (event) => event.type === 'blob.pushed' && ways.push(event.how),
    });
    const names = ['a', 'b', 'c'].map((name) => parseReference(`${registry.address}/${name}/app:1`));
    await store.publish(names, await twoPlatformIndex(1, sizes), ctx);
    expect(ways.filter((way) => way === 'sent')).toHaveLength(5);
    expect(ways.filter((way) => way === 'mounted')).toHaveLength(10);
    expect(registry.verify()).toEqual([]);
  });
});

describe('a registry that forgets every upload', () => {
  it('is given up on, and not sent the same bytes for ever', async () => {
    // Parts are taken, the upload is never closed, and nobody knows it afterwards.
    const faults: FaultPlan = {
      next: ({ method, path }) => {
        if (method === 'PUT' && path.includes('digest=')) return { kind: 'status', status: 500 };
        return method === 'GET' && path.includes('/uploads/') ? { kind: 'lose-upload' } : undefined;
      },
    };
    await using registry = await startMemoryRegistry({ faults });
    await using store = registryStore({ retry, maxPartBytes: 100_000 });
    const put = store.put(
      parseReference(`${registry.address}/app:1`),
      await twoPlatformIndex(1, sizes),
      createContext(),
    );
    await expect(put).rejects.toMatchObject({ code: 'CATA_REGISTRY_FAILED' });
    expect(registry.receivedBytes).toBeLessThan(10 * (sizes.sharedBytes + 2 * sizes.ownBytes + 2000));
  });
});
