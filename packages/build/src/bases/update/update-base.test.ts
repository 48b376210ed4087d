import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createContext, createIndex, descriptorOf, file, parseReference } from '@catamaran/oci';
import { describe, expect, it } from 'vitest';
import { amd64, imageOf, indexOf } from '../../../testing/base-images.ts';
import { startArchive, throwAwayKey } from '../../../testing/debian-archive.ts';
import { nodeProject } from '../../../testing/node-project.ts';
import { openedStore, startedMemoryRegistry } from '../../../testing/registry-project.ts';
import { temporaryFolder } from '../../../testing/temporary-folder.ts';
import { openCache } from '../../cache/cache.ts';
import { noInputs } from '../../inputs/input-log.ts';
import { baseSchema } from '../../project/base-schema.ts';
import { updateBase } from './update-base.ts';

const ctx = createContext();

/** A project in an empty folder, with a cache. */
function projectWith(base: unknown) {
  const store = openedStore();
  const project = { ...nodeProject(temporaryFolder()), base: baseSchema.parse(base) };
  const services = { cache: openCache(temporaryFolder()), inputs: noInputs, registry: async () => store };
  const path = join(project.folder, 'catamaran.lock.json');
  return {
    store,
    path,
    update: () => updateBase(project, services, ctx),
    text: () => readFileSync(path, 'utf8'),
  };
}

describe('an update of a base in a registry', () => {
  const index = (text: string) => indexOf(({ architecture }) => [[file(architecture, text)]]);

  it('locks what the tag stands for now, and says what it was', async () => {
    const registry = await startedMemoryRegistry();
    const image = `${registry.address}/base:1`;
    const project = projectWith({ kind: 'registry', image });
    const { digest: one } = await project.store.put(parseReference(image), await index('1'), ctx);
    const first = await project.update();
    expect(first).toMatchObject({ kind: 'registry', lockPath: project.path });
    expect(first.changes).toEqual({ image: { image, from: undefined, to: one }, packages: [] });
    expect((await project.update()).changes.image).toBeUndefined();

    const { digest: two } = await project.store.put(parseReference(image), await index('2'), ctx);
    expect((await project.update()).changes.image).toEqual({ image, from: one, to: two });
    expect(JSON.parse(project.text())).toEqual({
      lockfileVersion: 1,
      base: { kind: 'registry', image, digest: two },
    });
    expect(project.text()).toMatch(/^\{\n {2}"lockfileVersion": 1,\n/);
    expect(project.text()).toMatch(/\n\}\n$/);
  });

  it('does not lock what has lost a platform', async () => {
    const registry = await startedMemoryRegistry();
    const image = `${registry.address}/base:1`;
    const project = projectWith({ kind: 'registry', image });
    const alone = await createIndex([{ platform: amd64, image: await imageOf(amd64, []) }]);
    await project.store.put(parseReference(image), alone, ctx);
    await expect(project.update()).rejects.toMatchObject({
      code: 'CATA_BASE_PLATFORM',
      message: expect.stringContaining('linux/arm64'),
    });
    expect(existsSync(project.path)).toBe(false);
  });

  it('replaces a lock file that cannot be read, and tells when it cannot write one', async () => {
    const registry = await startedMemoryRegistry();
    const image = `${registry.address}/base:1`;
    const project = projectWith({ kind: 'registry', image });
    const pushed = await index('1');
    await project.store.put(parseReference(image), pushed, ctx);
    writeFileSync(project.path, '<<<<<<< HEAD\n');
    await project.update();
    expect(project.text()).toContain((await descriptorOf(pushed)).digest);

    const other = projectWith({ kind: 'registry', image });
    mkdirSync(other.path);
    await expect(other.update()).rejects.toMatchObject({
      code: 'CATA_LOCK_NOT_WRITABLE',
      fault: 'machine',
      message: expect.stringContaining(other.path),
    });
  });

  it.each([
    [{ kind: 'registry', image: `r.io/base@sha256:${'0'.repeat(64)}` }],
    [{ kind: 'layout', path: 'base' }],
    [{ kind: 'scratch' }],
  ])('has nothing to lock where the base is %j', async (base) => {
    const project = projectWith(base);
    expect(await project.update()).toMatchObject({ kind: base.kind, lockPath: undefined });
    expect(existsSync(project.path)).toBe(false);
  });
});

describe('an update of a Debian base', () => {
  it('locks what the mirror has now, and says what came, went and changed', async () => {
    const key = await throwAwayKey('The archive');
    const made = { key, release: 'Date: Sat, 01 Nov 2025 10:00:00 UTC\n' };
    const app = (version: string, depends: string) => ({ name: 'app', version, depends, content: version });
    const lib = { name: 'lib', version: '2', content: 'lib' };
    const more = { name: 'more', version: '3', content: 'more' };
    await using old = await startArchive({ ...made, packages: [app('1', 'lib'), lib] });
    await using today = await startArchive({ ...made, packages: [app('1.1', 'more'), lib, more] });
    const { uri, suites } = old.source;
    const sources = [{ uri, suites, signedBy: key.armoredPublicKey }];
    const project = projectWith({ packages: ['app'], sources });
    const both = ['linux/amd64', 'linux/arm64'];
    const first = await project.update();
    expect(first.changes.packages).toEqual([
      { name: 'app', from: undefined, to: '1', platforms: both },
      { name: 'lib', from: undefined, to: '2', platforms: both },
    ]);
    expect(JSON.parse(project.text()).base.releases).toEqual({ bookworm: '2025-11-01T10:00:00.000Z' });

    // The same mirror, a day later.
    old.files.clear();
    for (const [path, bytes] of today.files) old.files.set(path, bytes);
    const second = await project.update();
    expect(second.changes).toEqual({
      image: undefined,
      packages: [
        { name: 'app', from: '1', to: '1.1', platforms: both },
        { name: 'lib', from: '2', to: undefined, platforms: both },
        { name: 'more', from: undefined, to: '3', platforms: both },
      ],
    });
  });

  it('leaves the file as it is when only the mirror’s date is another', async () => {
    const key = await throwAwayKey('The archive');
    const packages = [{ name: 'app', version: '1', content: 'app' }];
    const dated = (day: number) => ({ key, packages, release: `Date: Sat, 0${day} Nov 2025 10:00:00 UTC\n` });
    await using archive = await startArchive(dated(1));
    await using later = await startArchive(dated(8));
    const { uri, suites } = archive.source;
    const sources = [{ uri, suites, signedBy: key.armoredPublicKey }];
    const project = projectWith({ packages: ['app'], sources });
    await project.update();
    const before = project.text();
    for (const [path, bytes] of later.files) archive.files.set(path, bytes);
    expect((await project.update()).changes.packages).toEqual([]);
    expect(project.text()).toBe(before);
  });
});
