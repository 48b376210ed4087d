import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createContext, descriptorOf, file } from '@catamaran/oci';
import { describe, expect, it } from 'vitest';
import { amd64, arm64, indexOf, putInLayout, skopeo } from '../../../testing/base-images.ts';
import { requirePrograms } from '../../../testing/require-programs.ts';
import { temporaryFolder } from '../../../testing/temporary-folder.ts';
import { writeFiles } from '../../../testing/write-files.ts';
import { noInputs, RecordedInputs } from '../../inputs/input-log.ts';
import { layoutBase } from './layout-base.ts';

const ctx = createContext();
const base = (folder: string, name?: string) => layoutBase({ folder, name }, noInputs);
const digestOf = async (image: Parameters<typeof descriptorOf>[0]) => (await descriptorOf(image)).digest;
const index = () => indexOf(({ architecture }) => [[file('cpu', architecture)]], { Env: ['A=b'] });

/** Names, or what else, of the entries in a layout's list. */
function rewriteList(folder: string, change: (entries: { annotations?: object }[]) => unknown[]): void {
  const list = JSON.parse(readFileSync(join(folder, 'index.json'), 'utf8'));
  writeFiles(folder, { 'index.json': { ...list, manifests: change(list.manifests) } });
}

describe('a base in a layout', () => {
  it('is the image of that name, of each platform its own', async () => {
    const folder = temporaryFolder();
    const wanted = await index();
    await putInLayout(folder, 'other', await indexOf(() => [[file('other', '')]]));
    await putInLayout(folder, 'team/base:1', wanted);
    for (const platform of [amd64, arm64]) {
      const found = await base(folder, 'team/base:1').resolve(platform, ctx);
      expect(await digestOf(found)).toBe(await digestOf(await wanted.image(platform)));
    }
  });

  it('need not be named where it is alone', async () => {
    const folder = temporaryFolder();
    const wanted = await index();
    await putInLayout(folder, 'base', wanted);
    rewriteList(folder, (entries) => entries.map(({ annotations: _, ...rest }) => rest));
    expect(await digestOf(await base(folder).resolve(arm64, ctx))).toBe(
      await digestOf(await wanted.image(arm64)),
    );
  });

  it('is the list itself, where that has an image without a name for each platform', async () => {
    const folder = temporaryFolder();
    const wanted = await index();
    await putInLayout(folder, 'base', wanted);
    const { manifests } = (await wanted.manifest()).value;
    rewriteList(folder, () => [...manifests]);
    for (const platform of [amd64, arm64]) {
      const found = await base(folder).resolve(platform, ctx);
      expect(await digestOf(found)).toBe(await digestOf(await wanted.image(platform)));
    }
  });

  it('has its list told as an input, whether it is there or not', async () => {
    const folder = temporaryFolder();
    const inputs = new RecordedInputs();
    await expect(layoutBase({ folder, name: undefined }, inputs).resolve(amd64, ctx)).rejects.toThrow();
    expect(inputs.inputs.files).toEqual([join(folder, 'index.json')]);
  });

  it('does not say where it lies', async () => {
    const folder = temporaryFolder();
    await putInLayout(folder, 'base', await index());
    expect(await base(folder).origin(ctx)).toEqual({});
  });

  it.skipIf(!requirePrograms('skopeo'))('may have been made by skopeo, of one platform of many', async () => {
    const [from, to] = [temporaryFolder(), join(temporaryFolder(), 'to')];
    const wanted = await index();
    await putInLayout(from, 'base', wanted);
    skopeo('copy', '--override-arch=arm64', `oci:${from}:base`, `oci:${to}:one`);
    const found = await base(to, 'one').resolve(arm64, ctx);
    expect((await found.config()).value).toMatchObject({ architecture: 'arm64', config: { Env: ['A=b'] } });
    await expect(base(to, 'one').resolve(amd64, ctx)).rejects.toMatchObject({
      code: 'CATA_BASE_PLATFORM',
      message: `The base ${to}:one has no image for linux/amd64: it is one image, for linux/arm64.`,
    });
  });

  it.skipIf(!requirePrograms('umoci'))('may have been made by umoci', async () => {
    const folder = join(temporaryFolder(), 'layout');
    const umoci = (...args: readonly string[]) => execFileSync('umoci', args, { stdio: 'pipe' });
    const tree = writeFiles(temporaryFolder(), { 'etc/motd': 'ahoy' });
    umoci('init', '--layout', folder);
    umoci('new', '--image', `${folder}:1.0`);
    umoci('insert', '--image', `${folder}:1.0`, join(tree, 'etc'), '/etc');
    umoci('config', '--image', `${folder}:1.0`, '--config.user=7', '--architecture=amd64');
    const found = await base(folder, '1.0').resolve(amd64, ctx);
    expect((await found.config()).value.config).toMatchObject({ User: '7' });
    expect(await found.layers()).toHaveLength(1);
  });
});

describe('a base that is not in the layout', () => {
  it('is told, with what there is', async () => {
    const folder = temporaryFolder();
    await putInLayout(folder, 'one', await index());
    await putInLayout(folder, 'two', await indexOf(() => [[file('two', '')]]));
    await expect(base(folder, 'three').resolve(amd64, ctx)).rejects.toMatchObject({
      code: 'CATA_BASE_LAYOUT_NAME',
      message: `In the OCI image layout "${folder}" there is no "three"; it has "one", "two".`,
    });
    await expect(base(folder).resolve(amd64, ctx)).rejects.toMatchObject({
      code: 'CATA_BASE_LAYOUT_NAME',
      message: expect.stringContaining('which image is meant is not said'),
    });
  });

  it('is told where there is no layout at all', async () => {
    const folder = join(temporaryFolder(), 'nowhere');
    await expect(base(folder, 'x').resolve(amd64, ctx)).rejects.toMatchObject({
      code: 'CATA_BASE_LAYOUT_MISSING',
      message: expect.stringContaining(folder),
    });
  });
});
