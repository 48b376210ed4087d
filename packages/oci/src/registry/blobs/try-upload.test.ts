import { describe, expect, it } from 'vitest';
import { createContext } from '../../context/context.ts';
import { parseReference } from '../../model/reference.ts';
import { type MemoryRegistryOptions, startMemoryRegistry } from '../../registry-memory/index.ts';
import { registryStore } from '../registry-store.ts';

const ctx = createContext();
const auth = { kind: 'bearer', username: 'otto', password: 'geheim', anonymousPull: true } as const;

/** Asks as somebody, or as nobody. */
async function tryAs(password: string | undefined, options: MemoryRegistryOptions = { auth }) {
  await using registry = await startMemoryRegistry(options);
  const find = async () => (password === undefined ? undefined : { username: 'otto', password });
  await using store = registryStore({ credentials: { find }, retry: { retries: 0 } });
  await store.tryPush(parseReference(`${registry.address}/team/app:1`), ctx);
  return registry.requests.map(({ method, status }) => `${method} ${status}`);
}

describe('tryPush', () => {
  it('begins an upload and takes it back', async () => {
    const requests = await tryAs('geheim');
    expect(requests).toContain('POST 202');
    expect(requests.at(-1)).toBe('DELETE 204');
  });

  it.each([undefined, 'falsch'])('says before anything is sent that %s may not push', async (password) => {
    await expect(tryAs(password)).rejects.toMatchObject({ fault: 'user' });
  });

  it('is content with a registry that cannot cancel', async () => {
    const faults: MemoryRegistryOptions['faults'] = {
      next: ({ method }) => (method === 'DELETE' ? { kind: 'status', status: 500 } : undefined),
    };
    expect((await tryAs('geheim', { auth, faults })).at(-1)).toBe('DELETE 500');
  });
});
