import { expect, it } from 'vitest';
import { createContext } from '../../context/context.ts';
import { parseDigest } from '../../model/digest.ts';
import { mediaTypes } from '../../model/media-types.ts';
import { parseReference } from '../../model/reference.ts';
import type { FaultPlan } from '../../registry-memory/index.ts';
import { startedRegistry } from '../../registry-memory/testing/started-registry.ts';
import { describe256, imageParts } from '../../testing/planted-image.ts';
import { impatient } from '../../testing/pulled.ts';
import { answer, scriptedServer } from '../../testing/scripted-server.ts';
import { registryStore } from '../registry-store.ts';
import { artifactAbout, plantSubject } from './testing/artifact-about.ts';

const ctx = createContext();

it.each([400, 403, 404, 405, 406, 501])(
  'a registry that answers %d has no list of its own',
  async (status) => {
    const faults: FaultPlan = {
      next: ({ path }) => (path.includes('/referrers/') ? { kind: 'status', status } : undefined),
    };
    const registry = await startedRegistry({ quirks: { noReferrers: true }, faults });
    const subject = plantSubject(registry, 'shop');
    const { image, digest } = artifactAbout(subject, 'a signature');
    await using store = registryStore({ retry: impatient });
    const shop = parseReference(`${registry.address}/shop`);
    for (const _ of ['first', 'again']) await store.put({ ...shop, digest }, image, ctx);
    const listed = await store.referrers({ ...shop, digest: subject.digest }, undefined, ctx);
    expect(listed.map((entry) => entry.digest)).toEqual([digest]);
    const asked = registry.requests.filter(({ path }) => path.includes('/referrers/'));
    expect(asked).toHaveLength(2);
  },
);

it.each([400, 404])(
  'a list that ends with %d on its second page is an error, not half a list',
  async (status) => {
    const entry = describe256(imageParts().manifest, mediaTypes.manifest);
    const registry = await scriptedServer((request, response) => {
      if (request.url?.endsWith('page=2')) return answer(response, status, {});
      const link = { link: `<${request.url}?page=2>; rel="next"` };
      return answer(response, 200, { schemaVersion: 2, manifests: [entry] }, link);
    });
    await using store = registryStore({ retry: impatient });
    const subject = { ...parseReference(`${registry.address}/shop`), digest: parseDigest(entry.digest) };
    await expect(store.referrers(subject, undefined, ctx)).rejects.toMatchObject({
      code: 'CATA_REGISTRY_REFUSED',
    });
  },
);
