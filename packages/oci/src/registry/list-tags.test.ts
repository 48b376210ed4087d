import { describe, expect, it } from 'vitest';
import { createContext } from '../context/context.ts';
import { parseReference } from '../model/reference.ts';
import { startedRegistry } from '../registry-memory/testing/started-registry.ts';
import { listed } from '../testing/listed.ts';
import { imageParts, plantImage } from '../testing/planted-image.ts';
import { impatient } from '../testing/pulled.ts';
import { answer, type Script, scriptedServer, writeWithoutEnd } from '../testing/scripted-server.ts';
import { registryStore } from './registry-store.ts';

async function tagsOf(address: string): Promise<readonly string[]> {
  await using store = registryStore({ retry: impatient });
  return await listed(store.tags(parseReference(`${address}/shop`), createContext()));
}

describe('the tags of a repository', () => {
  it('are 10,000, in pages of 100', async () => {
    const registry = await startedRegistry({ quirks: { pageSize: 100 } });
    const wanted = Array.from({ length: 10_000 }, (_, number) => `v${String(number).padStart(5, '0')}`);
    const parts = imageParts();
    for (const tag of wanted) plantImage(registry, 'shop', parts, tag);
    expect(await tagsOf(registry.address)).toEqual(wanted);
    expect(registry.requests.filter(({ path }) => path.includes('/tags/list'))).toHaveLength(100);
  });

  it('are read no further than anybody wants to see', async () => {
    const registry = await startedRegistry({ quirks: { pageSize: 2 } });
    for (const tag of ['a', 'b', 'c', 'd', 'e']) plantImage(registry, 'shop', imageParts(), tag);
    await using store = registryStore({ retry: impatient });
    for await (const tag of store.tags(parseReference(`${registry.address}/shop`), createContext())) {
      if (tag === 'c') break;
    }
    expect(registry.requests.filter(({ path }) => path.includes('/tags/list'))).toHaveLength(2);
  });

  it('have an end, even where a registry has ever new ones', async () => {
    let count = 0;
    const registry = await scriptedServer((request, response) => {
      if (!request.url?.includes('/tags/')) return answer(response, 200, {});
      const tags = Array.from({ length: 100_000 }, () => `t${++count}`);
      return answer(
        response,
        200,
        { tags },
        { link: `</v2/shop/tags/list?last=${tags.at(-1)}>; rel="next"` },
      );
    });
    await expect(tagsOf(registry.address)).rejects.toMatchObject({
      code: 'CATA_REGISTRY_TOO_MANY_TAGS',
      fault: 'remote',
      message: expect.stringContaining(
        `${registry.address} does not stop listing tags of "shop" after 1100000`,
      ),
    });
  });

  it.each<[string, unknown]>([
    ['the same page', { tags: ['a', 'b'] }],
    ['an empty page', { tags: [] }],
    ['no page', { tags: null }],
  ])('have an end, even where a registry gives %s without end', async (_, body) => {
    const registry = await scriptedServer((_request, response) =>
      answer(response, 200, body, { link: '</v2/shop/tags/list?last=b>; rel="next"' }),
    );
    await expect(tagsOf(registry.address)).rejects.toHaveProperty('code', 'CATA_REGISTRY_TOO_MANY_TAGS');
    expect(registry.seen.length).toBeLessThan(5);
  });

  it.each<[string, unknown]>([
    ['null', { tags: null }],
    ['an empty list', { tags: [] }],
    ['nothing', {}],
  ])('are none when a registry has %s for them', async (_, body) => {
    const registry = await scriptedServer((_request, response) => answer(response, 200, body));
    expect(await tagsOf(registry.address)).toEqual([]);
  });

  it.each<[string, unknown, RegExp]>([
    ['a page', '<html>', /200 with something else than JSON/],
    ['null', 'null', /200 with something else than a list of tags/],
    ['a list', [], /200 with something else than a list of tags/],
    ['a text', '"tags"', /200 with something else than a list of tags/],
    ['an object for the list', { tags: { a: 'b' } }, /200 with no list of tags/],
    ['a text for the list', { tags: 'abc' }, /200 with no list of tags/],
    ['a number among them', { tags: ['a', 7] }, /200 with the tag 7/],
    ['null among them', { tags: ['a', null] }, /200 with the tag null/],
    ['a path among them', { tags: ['../../etc'] }, /200 with the tag "\.\.\/\.\.\/etc"/],
    ['an escape among them', { tags: ['\x1b[2J'] }, /200 with the tag "\\u001b\[2J"/],
    ['one of 8 bit among them', { tags: ['\x9b2J'] }, /200 with the tag ""/],
    ['a very long one among them', { tags: ['x'.repeat(1_000_000)] }, /200 with the tag "x{70,80}…\.$/],
  ])('are refused when a registry has %s', async (_, body, message) => {
    const registry = await scriptedServer((_request, response) => answer(response, 200, body));
    await expect(tagsOf(registry.address)).rejects.toMatchObject({
      code: 'CATA_REGISTRY_REFUSED',
      fault: 'remote',
      message: expect.stringMatching(message),
    });
  });

  it('are not read further than 16 MiB in one page', async () => {
    const endless: Script = (_, response) => {
      response.writeHead(200);
      return writeWithoutEnd(response);
    };
    const registry = await scriptedServer(endless);
    await expect(tagsOf(registry.address)).rejects.toHaveProperty('code', 'CATA_REGISTRY_REFUSED');
    expect(registry.writtenBytes).toBeLessThan(26 * 1024 * 1024);
  });

  it('are not looked for on another server', async () => {
    const other = await scriptedServer((_, response) => answer(response, 200, { tags: ['x'] }));
    const registry = await scriptedServer((_, response) =>
      answer(response, 200, { tags: ['a'] }, { link: `<${other.origin}/v2/shop/tags/list>; rel="next"` }),
    );
    await expect(tagsOf(registry.address)).rejects.toMatchObject({
      code: 'CATA_REGISTRY_REDIRECT',
      message: expect.stringContaining(
        `"${other.origin}/v2/shop/tags/list": the next page is on another server`,
      ),
    });
    expect(other.seen).toEqual([]);
  });

  it('are asked for again when a page breaks off', async () => {
    let count = 0;
    const registry = await scriptedServer((request, response) => {
      if (!request.url?.includes('/tags/')) return answer(response, 200, {});
      if (++count > 1) return answer(response, 200, { tags: ['a'] });
      response.writeHead(200, { 'content-length': '100' });
      return response.write('{"tags":[', () => response.socket?.destroy());
    });
    expect(await tagsOf(registry.address)).toEqual(['a']);
  });
});
