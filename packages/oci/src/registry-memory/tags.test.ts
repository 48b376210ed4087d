import { describe, expect, it } from 'vitest';
import type { MemoryRegistry } from './memory-registry.ts';
import { pushImage } from './testing/push.ts';
import { send } from './testing/send.ts';
import { startedRegistry } from './testing/started-registry.ts';

function plantTags(registry: MemoryRegistry, ...tags: readonly string[]): void {
  for (const tag of tags) registry.plantManifest('shop', tag, 'text/plain', Buffer.from(tag));
}

async function list(registry: MemoryRegistry, query = '') {
  const reply = await send(registry, 'GET', `/v2/shop/tags/list${query}`);
  return { tags: JSON.parse(reply.text).tags, link: reply.header('link') };
}

describe('the list of tags', () => {
  it('is in lexical order, whatever the case', async () => {
    const registry = await startedRegistry();
    plantTags(registry, 'b', 'C', 'a', 'B', '10', '9');
    expect(await list(registry)).toEqual({ tags: ['10', '9', 'a', 'B', 'b', 'C'], link: '' });
  });

  it('comes in pages, each of which leads to the next', async () => {
    const registry = await startedRegistry({ quirks: { pageSize: 2 } });
    plantTags(registry, 'a', 'b', 'c', 'd', 'e');
    expect(await list(registry)).toEqual({
      tags: ['a', 'b'],
      link: '</v2/shop/tags/list?last=b>; rel="next"',
    });
    expect(await list(registry, '?last=b')).toMatchObject({
      tags: ['c', 'd'],
      link: expect.stringContaining('last=d>'),
    });
    expect(await list(registry, '?last=d')).toEqual({ tags: ['e'], link: '' });
  });

  it('is as long as it was asked for, and no longer than a page', async () => {
    const registry = await startedRegistry({ quirks: { pageSize: 3, absoluteLocations: true } });
    plantTags(registry, 'a', 'b', 'c', 'd');
    expect(await list(registry, '?n=2&last=a')).toEqual({
      tags: ['b', 'c'],
      link: `<${registry.origin}/v2/shop/tags/list?n=2&last=c>; rel="next"`,
    });
    expect((await list(registry, '?n=100')).tags).toEqual(['a', 'b', 'c']);
    expect(await list(registry, '?n=3&last=a')).toEqual({ tags: ['b', 'c', 'd'], link: '' });
    expect(await list(registry, '?n=0')).toEqual({ tags: [], link: '' });
    expect(await list(registry, '?last=bb')).toEqual({ tags: ['c', 'd'], link: '' });
  });

  it('has a hundred in a page unless told', async () => {
    const registry = await startedRegistry();
    plantTags(registry, ...Array.from({ length: 101 }, (_, n) => `t${n}`));
    expect((await list(registry)).tags).toHaveLength(100);
  });

  it('is empty, or unknown', async () => {
    const registry = await startedRegistry();
    await pushImage(registry, 'shop', '1');
    await send(registry, 'DELETE', '/v2/shop/manifests/1');
    expect(await list(registry)).toEqual({ tags: [], link: '' });
    const unknown = await send(registry, 'GET', '/v2/other/tags/list');
    expect([unknown.status, unknown.code]).toEqual([404, 'NAME_UNKNOWN']);
    expect((await send(registry, 'GET', '/v2/shop/tags/list?n=x')).status).toBe(400);
  });
});
