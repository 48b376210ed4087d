import { lstatSync, mkdirSync, readFileSync, readlinkSync } from 'node:fs';
import { join } from 'node:path';
import { createContext, directory, file, layoutStore, symlink, type TarEntry } from '@catamaran/oci';
import { beforeAll, describe, expect, it } from 'vitest';
import type { DiffDocument } from '../packages/cli/src/diff/diff-document.ts';
import type { LayersDocument } from '../packages/cli/src/inspect/layers-document.ts';
import type { TreeDocument, TreeEntryDocument } from '../packages/cli/src/inspect/tree-document.ts';
import { requireTools } from '../packages/run/src/testing/require-tool.ts';
import { buildBookstore } from './support/build-bookstore.ts';
import { command } from './support/command.ts';
import { startRegistry } from './support/docker-registry.ts';
import { plantedImage, plantedIndex, plantedPart } from './support/planted-layers.ts';
import { runCatamaran } from './support/run-catamaran.ts';
import { temporaryFolder } from './support/temporary-folder.ts';
import { walk } from './support/walk.ts';

const hasUmoci = await requireTools('umoci');
const hasRegistry = await requireTools('docker-registry');
const hasDpkg = await requireTools('dpkg-query');

const folder = temporaryFolder();
const env = { XDG_CACHE_HOME: join(folder, 'cache') };
const layout = join(folder, '.catamaran', 'layout');
const amd64 = { os: 'linux', architecture: 'amd64' } as const;

async function run(...args: readonly string[]) {
  const result = await runCatamaran(args, { cwd: folder, env });
  return { ...result, lines: result.stdout.trimEnd().split('\n') };
}

async function document<T>(...args: readonly string[]): Promise<T> {
  const { exitCode, stdout, stderr } = await run(...args, '--json');
  expect({ exitCode, stderr }).toMatchObject({ exitCode: 0 });
  return JSON.parse(stdout) as T;
}

const hardlink = (path: string, target: string): TarEntry => ({
  type: 'hardlink',
  path,
  mode: 0o644,
  target,
});

/** What a later layer may do to an earlier one, and what folders nobody has an entry for. */
async function plantedParts() {
  return [
    await plantedPart(
      'ADD base',
      directory('app'),
      file('app/main.mjs', 'first'),
      file('app/gone', 'x'.repeat(5000)),
      directory('app/opaque'),
      file('app/opaque/old', 'old'),
      file('bin/tool', '#!/bin/sh\n', 0o4755),
      symlink('sbin', 'bin'),
    ),
    await plantedPart(
      'RUN change',
      directory('app'),
      file('app/.wh.gone', ''),
      file('app/main.mjs', 'the second one'),
      hardlink('app/same.mjs', 'app/main.mjs'),
      file('app/opaque/.wh..wh..opq', ''),
      file('app/opaque/new', 'new', 0o600),
      directory('tmp', 0o1777),
      file('sbin/beside', 'in the folder that the link leads to'),
      { ...file('owned', 'x'), uid: 65532, gid: 65532 },
      file('hostile \u001b[2J name', ''),
    ),
  ];
}

beforeAll(async () => {
  const store = layoutStore(layout);
  const ctx = createContext();
  const parts = await plantedParts();
  await store.put({ repository: 'planted' }, await plantedImage(amd64, parts), ctx);
  const [base] = parts;
  const changed = await plantedPart(
    'RUN other change',
    directory('app'),
    file('app/main.mjs', 'the second one', 0o755),
    directory('app/lib'),
    ...Array.from({ length: 30 }, (_, at) => file(`app/lib/${at}.js`, `${at}`)),
    file('app/node_modules/left/package.json', '{"name":"left","version":"2.0.0"}'),
  );
  const other = { Env: ['PATH=/bin', 'ESCAPE=a\u001b[2Jb'], User: '65532' };
  await store.put(
    { repository: 'before' },
    await plantedIndex(base ? [base] : [], { Env: ['PATH=/bin'] }),
    ctx,
  );
  await store.put({ repository: 'after' }, await plantedIndex(base ? [base, changed] : [], other), ctx);
});

describe('inspect --tree', () => {
  it.skipIf(!hasUmoci)('shows what umoci unpacks', async () => {
    const { entries, files } = await document<TreeDocument>('inspect', 'planted', '--tree');
    const root = await unpacked('planted');
    expect(entries.map(comparable)).toEqual(walked(root, entries));
    expect(files).toBe(entries.filter(({ type }) => type !== 'directory').length);
    expect(entries).toContainEqual(
      expect.objectContaining({ path: '/app/same.mjs', type: 'hardlink', layer: 2 }),
    );
    expect(entries).toContainEqual(expect.objectContaining({ path: '/bin', mode: null, layer: null }));
  });

  it('shows modes, owners, links and layers to people', async () => {
    const { lines } = await run('inspect', 'planted', '--tree');
    expect(lines).toEqual(
      expect.arrayContaining([
        expect.stringMatching(/^drwxr-xr-x {2}0:0 +17 B +2 {2}├─ app\/$/),
        expect.stringMatching(/^-rwsr-xr-x {2}0:0 +10 B +1 {2}│ {2}└─ tool$/),
        expect.stringMatching(/^-rw-r--r-- {2}0:0 +36 B +2 {2}│ {2}├─ beside$/),
        expect.stringMatching(/^lrwxrwxrwx {2}0:0 +1 {2}├─ sbin → bin$/),
        expect.stringMatching(/^drwxrwxrwt {2}0:0 +0 B +2 {2}└─ tmp\/$/),
        expect.stringMatching(/^-rw-r--r-- {2}65532:65532 +1 B +2 {2}├─ owned$/),
        expect.stringMatching(/same\.mjs = \/app\/main\.mjs$/),
        expect.stringMatching(/├─ hostile \ufffd\[2J name$/),
        expect.stringMatching(/^ +2 {2}sha256:[0-9a-f]{12} .* RUN change$/),
      ]),
    );
  });

  it('shows a part of it, as deep as is asked for, links followed', async () => {
    const { lines } = await run('inspect', 'planted', '--tree', '--path', '/app', '--depth', '1');
    const shown = lines.slice(lines.findIndex((line) => line.startsWith('mode')) + 1);
    const paths = shown.slice(0, 4).map((line) => line.slice(line.search(/(?:[├└]─ )|\//)));
    expect(paths).toEqual(['/app/', '├─ main.mjs', '├─ opaque/ … 1 file', '└─ same.mjs = /app/main.mjs']);
    const linked = await document<TreeDocument>('inspect', 'planted', '--tree', '--path', 'sbin/tool');
    expect(linked).toMatchObject({ path: '/bin/tool', entries: [{ mode: '4755', layer: 1 }] });
    const missing = await run('inspect', 'planted', '--tree', '--path', '/app/gone');
    expect(missing).toMatchObject({
      exitCode: 2,
      stderr: expect.stringContaining('CATA_IMAGE_PATH_MISSING'),
    });
  });

  it('says which platform of an index it shows', async () => {
    const { stdout } = await run('inspect', 'after', '--tree');
    expect(stdout).toMatch(/platform +linux\/\w+ \(this machine’s; --platform shows linux\/\w+\)/);
    expect(stdout).toMatch(/lib\/ … 30 files|29\.js/);
    const arm = await run('inspect', 'after', '--tree', '--platform', 'linux/arm64');
    expect(arm.stdout).toMatch(/platform +linux\/arm64\n/);
  });
});

describe('inspect --layers', () => {
  it('shows what each layer adds, changes, deletes and wastes', async () => {
    const shown = await document<LayersDocument>('inspect', 'planted', '--layers');
    expect(shown.layers).toMatchObject([
      { createdBy: 'ADD base', added: 5, changed: 0, deleted: 0, wastedBytes: 5 + 5000 + 3 },
      { createdBy: 'RUN change', added: 5, changed: 1, deleted: 2, wastedBytes: 0 },
    ]);
    expect(shown).toMatchObject({ wastedBytes: 5008, fileBytes: 5008 + 10 + 14 + 3 + 1 + 36 });
    const { stdout } = await run('inspect', 'planted', '--layers');
    expect(stdout).toMatch(/wasted +5\.0 kB in files that later layers replace or delete/);
    expect(stdout).toMatch(/5\.0 kB +1 {2}deleted by 2 +\/app\/gone\n/);
  });

  it('is for an image', async () => {
    expect(await run('inspect', 'planted', '--layers', '--raw')).toMatchObject({ exitCode: 2 });
    expect(await run('inspect', 'planted', '--path', '/app')).toMatchObject({ exitCode: 2 });
    expect(await run('inspect', 'planted', '--tree', '--depth', 'x')).toMatchObject({ exitCode: 2 });
  });
});

describe('diff', () => {
  it('shows what was planted, of every platform', async () => {
    const { images, same, onlyBefore } = await document<DiffDocument>('diff', 'before', 'after');
    expect({ same, onlyBefore }).toEqual({ same: false, onlyBefore: [] });
    expect(images.map(({ after }) => after.platform)).toEqual(['linux/amd64', 'linux/arm64']);
    for (const image of images) {
      expect(image.config).toEqual([
        { field: 'env', name: 'ESCAPE', after: 'a\u001b[2Jb' },
        { field: 'user', after: '65532' },
      ]);
      expect(image.packages).toEqual([{ kind: 'npm', name: 'left', before: [], after: ['2.0.0'] }]);
      expect(image.files.filter(({ kind }) => kind === 'changed')).toMatchObject([
        { path: '/app/main.mjs', aspects: ['content', 'mode'] },
      ]);
      expect(image.files.filter(({ kind }) => kind === 'added')).toHaveLength(32);
      expect(image.layers).toMatchObject({ shared: [{ createdBy: 'ADD base' }], onlyBefore: [] });
    }
  });

  it('tells people once what is the same of both, and folders as one', async () => {
    const { stdout, exitCode } = await run('diff', 'before', 'after', '--exit-code');
    expect(exitCode).toBe(1);
    expect(stdout).toContain('config, packages and files differ as those of linux/amd64');
    expect(stdout).toMatch(/\+ {2}30 files, 50 B +\/app\/lib\/\n/);
    expect(stdout).toMatch(/~ {2}14 B \(\+9 B\), mode 0644 → 0755 +\/app\/main\.mjs\n/);
    expect(stdout).toMatch(/\+ {2}env ESCAPE +a\ufffd\[2Jb\n/);
    expect(stdout).not.toContain('\u001b');
    const all = await run('diff', 'before', 'after', '--all');
    expect(all.stdout).toContain('/app/lib/29.js');
  });

  it('says when they are the same, wherever they are', async () => {
    const { digest } = await document<{ digest: string }>('digest', 'after');
    const copied = await run('copy', 'after', 'oci-archive:after.tar:after');
    expect(copied.exitCode).toBe(0);
    const same = await run('diff', 'after', 'oci-archive:after.tar', '--exit-code');
    expect(same).toMatchObject({ exitCode: 0, stdout: `the same image\n${digest}\n` });
  });

  it('compares an image with the one of an index that is for its platform', async () => {
    await run('copy', 'before', 'docker-archive:amd.tar', '--platform', 'linux/amd64');
    const { images } = await document<DiffDocument>('diff', 'docker-archive:amd.tar', 'after');
    expect(images).toMatchObject([{ after: { platform: 'linux/amd64' }, layers: { shared: [{}] } }]);
  });

  it.skipIf(!hasRegistry)('compares what is in a registry, and fetches no more than it needs', async () => {
    mkdirSync(join(folder, 'storage'));
    await using registry = await startRegistry(join(folder, 'storage'), { canDelete: true });
    const [before, after] = ['before', 'after'].map((name) => `${registry.address}/team/app:${name}`);
    for (const name of ['before', 'after']) await run('copy', name, `${registry.address}/team/app:${name}`);
    const fresh = { XDG_CACHE_HOME: join(folder, 'other-cache') };
    const args = ['diff', before ?? '', after ?? '', '--json'];
    const { stdout, stderr } = await runCatamaran(args, { cwd: folder, env: fresh });
    const remote = JSON.parse(stdout) as DiffDocument;
    expect(remote.images).toEqual((await document<DiffDocument>('diff', 'before', 'after')).images);
    expect(stderr.match(/Contents of layer/g)).toHaveLength(2);
    const again = await runCatamaran(args, { cwd: folder, env: fresh });
    expect(again).toMatchObject({ stdout, stderr: '' });
  });

  it('needs two images, or two platforms', async () => {
    const one = await run('diff', 'planted');
    expect(one).toMatchObject({ exitCode: 2, stderr: expect.stringContaining('has linux/amd64') });
    const missing = await run('diff', 'before', 'after', '-p', 'linux/s390x');
    expect(missing).toMatchObject({
      exitCode: 2,
      stderr: expect.stringContaining('CATA_PLATFORM_NOT_IN_INDEX'),
    });
  });

  it.skipIf(!hasDpkg)('lists Debian’s packages as dpkg does', async () => {
    const status = readFileSync('/var/lib/dpkg/status', 'utf8');
    const parts = [await plantedPart('COPY / /', file('var/lib/dpkg/status', status))];
    const store = layoutStore(layout);
    await store.put({ repository: 'debian' }, await plantedImage(amd64, parts), createContext());
    await store.put({ repository: 'nothing' }, await plantedImage(amd64, []), createContext());
    // biome-ignore lint/suspicious/noTemplateCurlyInString: dpkg's own
    const format = '${db:Status-Status} ${Package} ${Version}\\n';
    const listed = (await command('dpkg-query', '--show', `--showformat=${format}`)).trim().split('\n');
    const expected = listed.flatMap((line) => /^installed (.*)$/.exec(line)?.[1] ?? []);
    const [image] = (await document<DiffDocument>('diff', 'nothing', 'debian')).images;
    const found = image?.packages.map(({ name, after }) => `${name.replace(/:.*/, '')} ${after.join()}`);
    expect(found?.sort()).toEqual(expected.sort());
  });
});

describe('the bookstore', { timeout: 120_000 }, () => {
  beforeAll(async () => {
    await buildBookstore({ cwd: folder, env });
  }, 120_000);

  it.skipIf(!hasUmoci)('is shown as umoci unpacks it', async () => {
    const { entries } = await document<TreeDocument>('inspect', 'bookstore', '--tree', '-p', 'linux/arm64');
    await run('copy', 'bookstore', 'docker-archive:arm.tar', '--platform', 'linux/arm64');
    await run('copy', 'docker-archive:arm.tar', 'arm');
    const root = await unpacked('arm');
    expect(entries.map(comparable)).toEqual(walked(root, entries));
    expect(entries.length).toBeGreaterThan(4000);
  });

  it('has the same packages for both platforms, but for the native ones', async () => {
    const [image] = (await document<DiffDocument>('diff', 'bookstore')).images;
    expect(image).toMatchObject({ before: { platform: 'linux/amd64' }, after: { platform: 'linux/arm64' } });
    expect(image?.packages.map(({ kind, name }) => `${kind} ${name}`)).toEqual([
      'npm @node-rs/argon2-linux-arm64-gnu',
      'npm @node-rs/argon2-linux-x64-gnu',
    ]);
    expect(image?.files.some(({ path }) => path === '/usr/local/bin/node')).toBe(true);
    expect(image?.files.some(({ path }) => path.startsWith('/app/samples'))).toBe(false);
    const both = await run('diff', 'bookstore', '-p', 'linux/arm64,linux/amd64');
    expect(both.stdout).toContain('linux/arm64 → linux/amd64');
  });

  it('wastes nothing', async () => {
    expect(await document('inspect', 'bookstore', '--layers')).toMatchObject({
      wastedBytes: 0,
      efficiency: 1,
    });
  });
});

/** @returns the root file system */
async function unpacked(name: string): Promise<string> {
  const bundle = join(folder, `bundle-${name}`);
  const rootless = process.getuid?.() === 0 ? [] : ['--rootless'];
  await command('umoci', 'unpack', ...rootless, '--image', `${layout}:${name}`, bundle);
  return join(bundle, 'rootfs');
}

/** What a file system keeps of an entry. */
function comparable({ path, type, mode, uid, gid, sizeBytes, target }: TreeEntryDocument) {
  const kind = type === 'hardlink' ? 'file' : type;
  const isRoot = process.getuid?.() === 0;
  return {
    path,
    kind,
    ...(mode === null || kind === 'symlink' ? {} : { mode }),
    ...(isRoot && uid !== null ? { owner: `${uid}:${gid}` } : {}),
    ...(type === 'file' ? { sizeBytes } : {}),
    ...(kind === 'symlink' ? { target } : {}),
  };
}

/** The same of what is on disk, as far as the entry of that path says it. */
function walked(root: string, entries: readonly TreeEntryDocument[]) {
  const byPath = new Map(entries.map((entry) => [entry.path, entry]));
  return walk(root)
    .map(({ path }) => `/${path}`)
    .sort(byParts)
    .map((path) => {
      const { mode, uid, gid, size } = lstatSync(join(root, path));
      const found = lstatSync(join(root, path));
      const kind = found.isDirectory() ? 'directory' : found.isSymbolicLink() ? 'symlink' : 'file';
      const said = byPath.get(path);
      return {
        path,
        kind,
        ...(said?.mode === null || kind === 'symlink'
          ? {}
          : { mode: (mode & 0o7777).toString(8).padStart(4, '0') }),
        ...(process.getuid?.() === 0 && said?.uid !== null ? { owner: `${uid}:${gid}` } : {}),
        ...(said?.type === 'file' ? { sizeBytes: size } : {}),
        ...(kind === 'symlink' ? { target: readlinkSync(join(root, path)) } : {}),
      };
    });
}

/** Folder by folder: a folder's name is compared before what is in it. */
function byParts(a: string, b: string): number {
  const [left, right] = [a.split('/'), b.split('/')];
  const at = left.findIndex((part, index) => part !== right[index]);
  const [x, y] = [left[at], right[at]];
  if (at === -1 || y === undefined) return left.length - right.length;
  return (x ?? '') < y ? -1 : 1;
}
