import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createContext } from '../context/context.ts';
import type { Event } from '../context/event.ts';
import { layoutStore } from '../layout/layout-store.ts';
import { parseReference } from '../model/reference.ts';
import {
  gast,
  otto,
  protections,
  type StartedDockerRegistry,
  startedDockerRegistry,
} from '../testing/docker-registry/started-docker-registry.ts';
import { helloIndex } from '../testing/hello-index.ts';
import { rejection } from '../testing/rejection.ts';
import { temporaryFolder } from '../testing/temporary-folder.ts';
import { hasTools } from '../testing/tools.ts';
import { registryStore } from './registry-store.ts';

const inLayout = parseReference('hello:1');

/** A context with what was told of blobs and manifests. */
function listening() {
  const events: Event[] = [];
  const ctx = createContext({ emit: (event) => void events.push(event) });
  const pushed = () =>
    events.flatMap((event) =>
      event.type === 'blob.pushed' ? [{ how: event.how, sentBytes: event.sentBytes }] : [],
    );
  return { ctx, pushed };
}

function storeFor(registry: StartedDockerRegistry, ...as: Parameters<StartedDockerRegistry['optionsFor']>) {
  return registryStore(registry.optionsFor(...as));
}

function named({ address }: StartedDockerRegistry, name: string) {
  return parseReference(`${address}/${name}`);
}

/** Name → content of everything in a layout. */
function filesIn(layout: string): ReadonlyMap<string, string> {
  const files = readdirSync(layout, { recursive: true, withFileTypes: true }).filter((entry) =>
    entry.isFile(),
  );
  return new Map(
    files.map(({ parentPath, name }) => {
      const path = join(parentPath, name);
      return [path.slice(layout.length), readFileSync(path, 'hex')] as const;
    }),
  );
}

async function collected(tags: AsyncIterable<string>): Promise<string[]> {
  const all: string[] = [];
  for await (const tag of tags) all.push(tag);
  return all;
}

const tools = hasTools('docker-registry', 'openssl');

describe.skipIf(!tools).each(protections)("the CNCF's registry, protected by %s", (protection) => {
  it('takes an index from a layout, and gives it into another one with the same bytes', async () => {
    const registry = await startedDockerRegistry(protection);
    const [from, to] = [join(temporaryFolder(), 'from'), join(temporaryFolder(), 'to')];
    const ctx = createContext();
    const root = await layoutStore(from).put(inLayout, await helloIndex(), ctx);
    await using store = storeFor(registry);
    const remote = named(registry, 'team/hello:1');
    expect(await store.put(remote, await layoutStore(from).get(inLayout, ctx), ctx)).toEqual(root);
    expect(await store.resolve(remote, ctx)).toEqual(root);
    await layoutStore(to).put(inLayout, await store.get(remote, ctx), ctx);
    expect(filesIn(to)).toEqual(filesIn(from));
  });

  it('sends nothing that is there already', async () => {
    const registry = await startedDockerRegistry(protection);
    await using store = storeFor(registry);
    await store.put(named(registry, 'hello:1'), await helloIndex(), createContext());
    const { ctx, pushed } = listening();
    await store.put(named(registry, 'hello:2'), await helloIndex(), ctx);
    expect(new Set(pushed().map(({ how }) => how))).toEqual(new Set(['present']));
  });

  it('copies from one repository to another by mounting: not a byte of a blob is sent', async () => {
    const registry = await startedDockerRegistry(protection);
    await using store = storeFor(registry);
    const [from, to] = [named(registry, 'team/hello:1'), named(registry, 'other/place:1')];
    const root = await store.put(from, await helloIndex(), createContext());
    const { ctx, pushed } = listening();
    expect(await store.put(to, await store.get(from, ctx), ctx)).toEqual(root);
    // Two configurations, two programs and a layer that both have.
    expect(pushed()).toEqual(Array.from({ length: 5 }, () => ({ how: 'mounted', sentBytes: 0 })));
  });

  it('copies into another registry', async () => {
    const [registry, other] = [
      await startedDockerRegistry(protection),
      await startedDockerRegistry('nothing'),
    ];
    await using store = storeFor(registry);
    await using otherStore = storeFor(other);
    const { ctx, pushed } = listening();
    const root = await store.put(named(registry, 'hello:1'), await helloIndex(), createContext());
    await otherStore.put(named(other, 'hello:1'), await store.get(named(registry, 'hello:1'), ctx), ctx);
    expect(new Set(pushed().map(({ how }) => how))).toEqual(new Set(['sent']));
    await store.put(named(registry, 'back:1'), await otherStore.get(named(other, 'hello:1'), ctx), ctx);
    expect(await store.resolve(named(registry, 'back:1'), ctx)).toEqual(root);
  });

  it('lists all tags, and says when there is no such repository', async () => {
    const registry = await startedDockerRegistry(protection);
    await using store = storeFor(registry);
    const tags = Array.from({ length: 12 }, (_, index) => `1.${index}`);
    const ctx = createContext();
    await store.publish(
      tags.map((tag) => named(registry, `hello:${tag}`)),
      await helloIndex(),
      ctx,
    );
    expect((await collected(store.tags(named(registry, 'hello'), ctx))).sort()).toEqual(tags.sort());
    expect(await rejection(collected(store.tags(named(registry, 'nothing'), ctx)))).toMatchObject({
      code: 'CATA_REPOSITORY_NOT_FOUND',
      fault: 'user',
      message: expect.stringContaining('"nothing"'),
    });
  });

  it('deletes an image with all its tags by digest, and no tag alone', async () => {
    const registry = await startedDockerRegistry(protection, { canDelete: true });
    await using store = storeFor(registry);
    const ctx = createContext();
    const [one, two] = [named(registry, 'hello:1'), named(registry, 'hello:2')];
    const { digest } = await store.publish([one, two], await helloIndex(), ctx);
    expect(await rejection(store.delete(one, ctx))).toMatchObject({
      code: 'CATA_REGISTRY_DELETE_BY_DIGEST',
      hint: expect.stringContaining(`catamaran delete ${registry.address}/hello@${digest}`),
    });
    expect(await store.resolve(one, ctx)).toMatchObject({ digest });
    await store.delete({ ...named(registry, 'hello'), digest }, ctx);
    for (const gone of [one, two, { ...named(registry, 'hello'), digest }]) {
      expect(await rejection(store.resolve(gone, ctx))).toMatchObject({ code: 'CATA_MANIFEST_NOT_FOUND' });
    }
    expect(await rejection(store.delete({ ...named(registry, 'hello'), digest }, ctx))).toMatchObject({
      code: 'CATA_MANIFEST_NOT_FOUND',
    });
  });

  it('says that it deletes nothing where that is not allowed', async () => {
    const registry = await startedDockerRegistry(protection);
    await using store = storeFor(registry);
    const ctx = createContext();
    const { digest } = await store.put(named(registry, 'hello:1'), await helloIndex(), ctx);
    const error = await rejection(store.delete({ ...named(registry, 'hello'), digest }, ctx));
    expect(error).toMatchObject({
      code: 'CATA_REGISTRY_DELETE_DISABLED',
      message: expect.stringContaining('405'),
    });
  });
});

describe.skipIf(!tools).each(protections.slice(1))("the CNCF's registry, protected by %s", (protection) => {
  it.each([
    ['a wrong password', { username: otto.username, password: 'geraten' }, /not accepted/],
    ['an unknown user', { username: 'niemand', password: otto.password }, /not accepted/],
    ['nobody', 'nobody', /No credentials were found/],
  ] as const)('does not let in %s, and shows no password', async (_, credential, hint) => {
    const registry = await startedDockerRegistry(protection);
    await using store = storeFor(registry, credential);
    const [remote, ctx] = [named(registry, 'hello:1'), createContext()];
    const image = await helloIndex();
    for (const attempt of [() => store.put(remote, image, ctx), () => store.get(remote, ctx)]) {
      const error = await rejection(attempt());
      expect(error).toMatchObject({
        code: 'CATA_REGISTRY_UNAUTHORIZED',
        fault: 'user',
        hint: expect.stringMatching(hint),
        message: expect.stringContaining(registry.address),
      });
      expect(JSON.stringify(error) + String(error)).not.toMatch(/geraten|geheim/);
    }
  });
});

describe.skipIf(!tools)("the CNCF's registry with a token server", () => {
  it('lets those who may only pull, pull', async () => {
    const registry = await startedDockerRegistry('tokens');
    await using ottos = storeFor(registry);
    await using guests = storeFor(registry, gast);
    const ctx = createContext();
    const root = await ottos.put(named(registry, 'hello:1'), await helloIndex(), ctx);
    expect(await guests.resolve(named(registry, 'hello:1'), ctx)).toEqual(root);
    for (const name of ['hello:2', 'other:1']) {
      const refused = guests.put(named(registry, name), await helloIndex(), ctx);
      expect(await rejection(refused)).toMatchObject({
        code: 'CATA_REGISTRY_DENIED',
        fault: 'user',
        message: expect.stringMatching(/the token is not for repository:\w+:pull,push/),
      });
    }
  });

  it('is asked for one token for each right in a repository, however many blobs there are', async () => {
    const registry = await startedDockerRegistry('tokens');
    await using store = storeFor(registry);
    await store.put(named(registry, 'hello:1'), await helloIndex(), createContext());
    const asked = registry.tokenServer?.requests.map(({ user, scopes }) => `${user} ${scopes}`);
    expect(new Set(asked).size).toBe(asked?.length);
    expect(asked).toEqual(['otto repository:hello:pull,push', 'otto repository:hello:pull']);
  });

  it('takes the refresh token that a login was answered with', async () => {
    const registry = await startedDockerRegistry('tokens');
    await using store = storeFor(registry, { identityToken: 'ottos-refresh-token' });
    await store.put(named(registry, 'hello:1'), await helloIndex(), createContext());
    expect(registry.tokenServer?.requests.map(({ method }) => method)).not.toContain('GET');
    await using other = storeFor(registry, { identityToken: 'an-old-one' });
    const error = await rejection(other.resolve(named(registry, 'hello:1'), createContext()));
    expect(error).toMatchObject({ code: 'CATA_REGISTRY_UNAUTHORIZED' });
    expect(String(error)).not.toContain('an-old-one');
  });
});
