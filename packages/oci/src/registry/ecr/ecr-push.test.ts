import { describe, expect, it } from 'vitest';
import { systemClock } from '../../context/clock.ts';
import { createContext } from '../../context/context.ts';
import type { Event } from '../../context/event.ts';
import { createImage } from '../../image/create-image.ts';
import type { Image } from '../../image/image.ts';
import { indexOfChildren } from '../../image/index-of-children.ts';
import { mediaTypes } from '../../model/media-types.ts';
import { type Platform, platforms } from '../../model/platform.ts';
import { describeRaw, rawFromValue } from '../../model/raw.ts';
import { parseReference } from '../../model/reference.ts';
import { pushTo } from '../../testing/push-to-ecr.ts';
import { rejection } from '../../testing/rejection.ts';
import { type StartedEcr, startedEcr } from '../../testing/started-ecr.ts';
import { hasTools } from '../../testing/tools.ts';
import { noiseLayer } from '../../testing/two-platform-index.ts';
import { registryStore } from '../registry-store.ts';

const mebibyte = 1024 * 1024;
const [amd64] = platforms as [Platform];

function imageOf(...layers: readonly (readonly [seed: number, sizeBytes: number])[]): Promise<Image> {
  return createImage({
    platform: amd64,
    parts: layers.map(([seed, sizeBytes]) => ({ layer: noiseLayer(seed, sizeBytes), createdBy: 'noise' })),
    execution: {},
    created: '1970-01-01T00:00:00Z',
  });
}

function callsOf({ api }: StartedEcr, action: string) {
  return api.calls.filter((call) => call.action === action);
}

describe.skipIf(!hasTools('openssl'))('a push to Amazon ECR', () => {
  it('creates the repository that is missing, with the settings that were asked for', async () => {
    const ecr = await startedEcr();
    const { digest } = await pushTo(ecr);
    expect(ecr.registry.tags('team/hello')).toEqual(new Map([['1', digest]]));
    expect(ecr.registry.verify()).toEqual([]);
    expect(callsOf(ecr, 'CreateRepository')).toHaveLength(1);
    const repository = ecr.api.repositories.get('team/hello');
    expect(repository).toMatchObject({ imageTagMutability: 'IMMUTABLE', scanOnPush: true });
    expect(repository?.lifecyclePolicyText).toContain('"countNumber":14');
  });

  it('asks for nothing but a password where the repository is there', async () => {
    const ecr = await startedEcr();
    ecr.registry.createRepository('team/hello');
    await pushTo(ecr);
    expect(ecr.api.calls.map(({ action }) => action)).toEqual(['GetAuthorizationToken']);
  });

  it('says that there is no repository when it is not to create one', async () => {
    const ecr = await startedEcr();
    const { ecr: _, ...options } = ecr.options;
    const error = await rejection(pushTo({ ...ecr, options }));
    expect(error).toMatchObject({
      code: 'CATA_REPOSITORY_NOT_FOUND',
      message: expect.stringContaining("The repository with name 'team/hello' does not exist"),
    });
  });

  it('sends a large blob in parts of 5 to 10 MiB', async () => {
    const ecr = await startedEcr();
    await pushTo(ecr, { image: await imageOf([1, 24 * mebibyte]) });
    expect(ecr.registry.verify()).toEqual([]);
    const parts = ecr.registry.requests.filter(({ method }) => method === 'PATCH');
    expect(parts.map(({ status }) => status)).toEqual(parts.map(() => 201));
    const sizes = parts.map(({ bodyBytes }) => bodyBytes);
    expect(sizes.reduce((sum, size) => sum + size, 0)).toBe(24 * mebibyte);
    expect(Math.max(...sizes)).toBeLessThanOrEqual(10 * mebibyte);
    expect(Math.min(...sizes.slice(0, -1))).toBeGreaterThanOrEqual(5 * mebibyte);
  });

  it('brings 30 manifests in, though ECR takes ten a second and refuses the others', async () => {
    let nowMs = systemClock.now();
    const ecr = await startedEcr({ now: () => nowMs });
    const refusals: string[] = [];
    const emit = (event: Event) => {
      if (event.type !== 'registry.retried') return;
      refusals.push(event.reason);
      nowMs += 1000;
    };
    const ctx = createContext({ emit });
    const images = await Promise.all(
      Array.from({ length: 30 }, async (_, seed) => {
        const image = await imageOf([seed, 1000]);
        return [describeRaw(mediaTypes.manifest, await image.manifest()), image] as const;
      }),
    );
    const manifests = images.map(([descriptor]) => descriptor);
    const index = indexOfChildren(
      rawFromValue({ schemaVersion: 2, mediaType: mediaTypes.index, manifests }),
      new Map(images.map(([{ digest }, image]) => [digest, image])),
    );
    await pushTo(ecr, { image: index, ctx });
    expect(refusals).toEqual(
      [1, 2, 3].map(() => expect.stringContaining('429 TOOMANYREQUESTS, Rate exceeded')),
    );
    expect(ecr.registry.verify()).toEqual([]);
    for (const { digest } of manifests) expect(ecr.registry.manifest('team/hello', digest)).toBeDefined();
  });

  it.each([
    ['CreateRepository', 'arn:aws:ecr:eu-west-1:123456789012:repository/team/hello'],
    ['GetAuthorizationToken', '*'],
  ])('names the IAM action when %s is denied, and whom to ask', async (action, resource) => {
    const ecr = await startedEcr({ api: { deny: [action] } });
    expect(await rejection(pushTo(ecr))).toMatchObject({
      code: 'CATA_ECR_ACCESS_DENIED',
      fault: 'user',
      hint: `Allow the IAM action ecr:${action} on "${resource}" to the user or role whose credentials these are.`,
    });
  });

  it('can be tried beforehand, and creates nothing by that', async () => {
    const ecr = await startedEcr();
    await using store = registryStore(ecr.options);
    await store.tryPush(parseReference(`${ecr.host}/team/hello:1`), createContext());
    expect(callsOf(ecr, 'CreateRepository')).toEqual([]);
  });

  it('asks for one password, however many blobs there are', async () => {
    const ecr = await startedEcr();
    const image = await imageOf(...Array.from({ length: 12 }, (_, seed) => [seed, 5000] as const));
    await pushTo(ecr, { image });
    expect(callsOf(ecr, 'GetAuthorizationToken')).toHaveLength(1);
  });

  it('goes on with a new password when the old one expires', async () => {
    const lifetimeMs = 12 * 3_600_000;
    let nowMs = 40_000 * lifetimeMs;
    const ecr = await startedEcr({ now: () => nowMs });
    const emit = ({ type }: Event) => {
      if (type === 'blob.pushed') nowMs += lifetimeMs / 2;
    };
    const ctx = createContext({ clock: { ...systemClock, now: () => nowMs }, emit });
    const image = await imageOf([1, 5000], [2, 5000], [3, 5000], [4, 5000]);
    await pushTo(ecr, { image, ctx, atOnce: 1 });
    expect(ecr.registry.verify()).toEqual([]);
    expect(callsOf(ecr, 'GetAuthorizationToken').length).toBeGreaterThan(1);
  });

  it('may be done again under a tag that must not change, and with something else there may not', async () => {
    const ecr = await startedEcr({ registry: { quirks: { immutableTags: true } } });
    const root = await pushTo(ecr);
    expect(await pushTo(ecr)).toEqual(root);
    const error = await rejection(pushTo(ecr, { image: await imageOf([1, 1000]) }));
    expect(error).toMatchObject({
      code: 'CATA_TAG_IMMUTABLE',
      fault: 'user',
      message: expect.stringContaining("The image tag '1' already exists in the 'team/hello' repository"),
    });
    expect(ecr.registry.tags('team/hello')).toEqual(new Map([['1', root.digest]]));
  });

  it('is done when the answer to putting a tag that must not change got lost', async () => {
    const faults = {
      next: ({ method, path }: { method: string; path: string }) => {
        if (method !== 'PUT' || !path.endsWith('/manifests/1') || lost) return undefined;
        lost = true;
        return { kind: 'drop-response', afterBytes: 0 } as const;
      },
    };
    let lost = false;
    const ecr = await startedEcr({ registry: { quirks: { immutableTags: true }, faults } });
    const { digest } = await pushTo(ecr);
    expect(lost).toBe(true);
    expect(ecr.registry.tags('team/hello')).toEqual(new Map([['1', digest]]));
  });
});
