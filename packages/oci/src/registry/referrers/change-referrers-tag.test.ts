import { expect, it } from 'vitest';
import { createContext } from '../../context/context.ts';
import { parseReference } from '../../model/reference.ts';
import { startedRegistry } from '../../registry-memory/testing/started-registry.ts';
import { impatient } from '../../testing/pulled.ts';
import { registryStore } from '../registry-store.ts';
import { artifactAbout, plantSubject } from './testing/artifact-about.ts';

const ctx = createContext();

it('what is pushed side by side is all in the list that its clients keep', async () => {
  const registry = await startedRegistry({ quirks: { noReferrers: true } });
  const subject = plantSubject(registry, 'shop');
  const artifacts = ['a', 'b', 'c', 'd', 'e'].map((text) => artifactAbout(subject, text));
  await using store = registryStore({ retry: impatient });
  const shop = parseReference(`${registry.address}/shop`);
  await Promise.all(artifacts.map(({ image, digest }) => store.put({ ...shop, digest }, image, ctx)));
  const listed = await store.referrers({ ...shop, digest: subject.digest }, undefined, ctx);
  expect(listed.map(({ digest }) => digest).sort()).toEqual(artifacts.map(({ digest }) => digest).sort());
});
