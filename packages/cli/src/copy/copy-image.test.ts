import { createContext, createImage, layoutStore, parsePlatform, registryStore } from '@catamaran/oci';
import { expect, it } from 'vitest';
import type { PathLocation } from '../location/location.ts';
import { temporaryFolder } from '../testing/temporary-folder.ts';
import { copyImage } from './copy-image.ts';
import { copySummary } from './copy-summary.ts';

it('says what had the name in the layout until then, and nothing where it was the same', async () => {
  const ctx = createContext();
  const path = temporaryFolder();
  await using registries = registryStore();
  const copy = (name: string) =>
    copyImage(
      inLayout(path, name),
      inLayout(path, 'app:1'),
      { platforms: [], form: 'same' },
      registries,
      ctx,
    );
  for (const user of ['old', 'new']) {
    await layoutStore(path).put({ repository: user }, await imageOf(user), ctx);
  }
  const first = await copy('old');
  expect(first.replaced).toBeUndefined();
  expect(copySummary(await copy('old'))).not.toContain('replaces');
  expect(copySummary(await copy('new'))).toContain(`\n  replaces ${first.digest}\n`);
});

function inLayout(path: string, name: string) {
  const [repository = '', tag] = name.split(':');
  const reference = { repository, ...(tag ? { tag } : {}) };
  return { kind: 'oci', path, reference, text: name, isBare: true } satisfies PathLocation;
}

function imageOf(user: string) {
  const platform = parsePlatform('linux/amd64');
  return createImage({ platform, parts: [], execution: { User: user }, created: '1970-01-01T00:00:00Z' });
}
