import { mkdirSync, readFileSync } from 'node:fs';
import { cp, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import {
  createContext,
  createIndex,
  hostPlatform,
  type ImageConfig,
  type IndexManifest,
  layoutStore,
  type Manifest,
  parseReference,
  platforms,
} from '@catamaran/oci';
import { beforeAll, describe, expect, it } from 'vitest';
import { debianBase } from '../packages/build/src/bases/debian/debian-base.ts';
import { debianOptions } from '../packages/build/src/bases/debian/debian-options.ts';
import { lockFile } from '../packages/build/src/bases/lock/lock-file.ts';
import { openCache } from '../packages/build/src/cache/cache.ts';
import { noInputs } from '../packages/build/src/inputs/input-log.ts';
import { debianBaseSchema } from '../packages/build/src/project/debian-base-schema.ts';
import { requireTools } from '../packages/run/src/testing/require-tool.ts';
import { answerOf } from './support/answer-of.ts';
import { type Registry, startRegistry } from './support/docker-registry.ts';
import { config, fixtureProject } from './support/fixture-project.ts';
import { skopeo } from './support/image-in-places.ts';
import { runCatamaran } from './support/run-catamaran.ts';
import { temporaryFolder } from './support/temporary-folder.ts';

/** Says what it finds itself in. */
const service = `
  import { readFileSync } from 'node:fs';
  import { createServer } from 'node:http';
  import { userInfo } from 'node:os';
  createServer((_, response) => response.end(JSON.stringify({
    node: process.version,
    program: process.execPath,
    user: userInfo().username,
    summer: new Date(Date.UTC(2026, 6, 1)).toString(),
    motd: readFileSync('/etc/motd', 'utf8'),
  }))).listen(Number(process.env.PORT));
`;

const tools = await requireTools('runc', 'nsenter', 'skopeo', 'docker-registry');

describe.skipIf(!tools || !hostPlatform())('an image on', { timeout: 240_000 }, () => {
  const folder = temporaryFolder();
  const env = { XDG_CACHE_HOME: join(folder, 'cache') };
  const baseLayout = join(folder, 'base', 'layout');
  let registry: Registry;
  let node: string;

  /** A project in a folder of its own, below this test's. */
  async function project(name: string, more: string): Promise<string> {
    await using fixture = await fixtureProject();
    await fixture.write('src/main.ts', service);
    await fixture.write('motd/motd', 'ahoy\n');
    await fixture.write('catamaran.config.ts', config(`name: '${name}',\n${more}`));
    await fixture.remove('tsconfig.json');
    const target = join(folder, name);
    await cp(fixture.folder, target, { recursive: true, filter: (path) => !path.endsWith('/node_modules') });
    await symlink(join(import.meta.dirname, '..', 'node_modules'), join(target, 'node_modules'));
    return target;
  }

  async function succeed(cwd: string, ...args: readonly string[]): Promise<string> {
    const { exitCode, stdout, stderr } = await runCatamaran(args, { cwd, env, timeoutMs: 200_000 });
    expect({ exitCode, stderr }).toMatchObject({ exitCode: 0 });
    return stdout;
  }

  /** A base with Node.js, as this program makes it: its configuration does not say which version it has. */
  beforeAll(async () => {
    mkdirSync(join(folder, 'storage'));
    registry = await startRegistry(join(folder, 'storage'));
    const base = `base: {
      user: { name: 'skipper', id: 4711 },
      timezone: 'Europe/Oslo',
      files: [{ from: 'motd', to: '/etc' }],
    }`;
    await succeed(await project('base', base), 'build', '--layout', baseLayout);
    node = `${registry.address}/node:24`;
    await skopeo('copy', '--all', '--dest-tls-verify=false', `oci:${baseLayout}:base`, `docker://${node}`);
    return () => registry[Symbol.asyncDispose]();
  }, 240_000);

  it('a base in a registry, with the base’s own Node.js', async () => {
    const app = await project('app', `base: { kind: 'registry', image: '${node}' }, node: 'base'`);
    await succeed(app, 'build');
    expect(await answerOf(app, 'app')).toEqual({
      node: 'v24.21.0',
      program: '/usr/local/bin/node',
      user: 'skipper',
      summer: 'Wed Jul 01 2026 02:00:00 GMT+0200 (Central European Summer Time)',
      motd: 'ahoy\n',
    });

    const index = JSON.parse(
      await skopeo('inspect', '--raw', `oci:${app}/.catamaran/layout:app`),
    ) as IndexManifest;
    const theirs = await skopeo('inspect', '--raw', `docker://${node}`, '--tls-verify=false');
    const baseIndex = JSON.parse(theirs) as IndexManifest;
    const locked = JSON.parse(readFileSync(join(app, 'catamaran.lock.json'), 'utf8')).base.digest;
    expect(index.annotations).toMatchObject({
      'org.opencontainers.image.base.name': node,
      'org.opencontainers.image.base.digest': locked,
    });
    for (const [at, { digest }] of index.manifests.entries()) {
      const read = <T>(what: string) =>
        JSON.parse(readFileSync(join(app, '.catamaran/layout/blobs/sha256', what.slice(7)), 'utf8')) as T;
      const manifest = read<Manifest>(digest);
      const its = JSON.parse(
        readFileSync(
          join(baseLayout, 'blobs/sha256', baseIndex.manifests[at]?.digest.slice(7) ?? ''),
          'utf8',
        ),
      ) as Manifest;
      expect(manifest.annotations?.['org.opencontainers.image.base.digest']).toBe(
        baseIndex.manifests[at]?.digest,
      );
      // All that the base has, and the application: no Node.js of ours.
      expect(manifest.layers.slice(0, -1)).toEqual(its.layers);
      const { history, rootfs } = read<ImageConfig>(manifest.config.digest);
      expect(history?.at(-1)?.created_by).toBe('catamaran: application app');
      expect(history).toHaveLength(rootfs.diff_ids.length);
    }
  });

  it('that base, and pushed to its registry: what is there is mounted', async () => {
    const target = `${registry.address}/team/app:1`;
    const pushed = JSON.parse(await succeed(join(folder, 'app'), 'push', '.', target, '--json'));
    const { blobs } = pushed.registries[0];
    expect(blobs.mounted).toBe(5);
    expect(blobs.sent).toBeLessThanOrEqual(3);
  });

  it('what its tag stood for until the base is updated, and without the registry', async () => {
    const app = join(folder, 'app');
    const before = readFileSync(join(app, 'catamaran.lock.json'), 'utf8');
    const other = ['--override-arch=amd64', '--override-os=linux'];
    await skopeo('copy', ...other, '--dest-tls-verify=false', `oci:${baseLayout}:base`, `docker://${node}`);
    const digest = await succeed(app, 'build');
    await succeed(app, 'cache', 'verify');
    expect(readFileSync(join(app, 'catamaran.lock.json'), 'utf8')).toBe(before);

    const refused = await runCatamaran(['base', 'update'], { cwd: app, env });
    expect(refused).toMatchObject({ exitCode: 2, stdout: '' });
    expect(refused.stderr).toContain('CATA_BASE_PLATFORM');

    await skopeo(
      'copy',
      '--all',
      '--dest-tls-verify=false',
      `oci:${app}/.catamaran/layout:app`,
      `docker://${node}`,
    );
    const update = JSON.parse(await succeed(app, 'base', 'update', '--json'));
    expect(update).toMatchObject({
      kind: 'registry',
      lockFile: join(app, 'catamaran.lock.json'),
      changed: true,
      image: { image: node, from: JSON.parse(before).base.digest, to: digest.trim() },
    });
    expect(await succeed(app, 'base', 'update')).toBe('nothing has changed\n');
  });

  it('a base in a layout, with the Node.js that the configuration names', async () => {
    const more = `base: { kind: 'layout', path: '../base/layout', name: 'base' }, node: '24.21.0'`;
    const app = await project('laid', more);
    await succeed(app, 'build');
    expect(await answerOf(app, 'laid')).toMatchObject({ node: 'v24.21.0', user: 'skipper' });
    const index = JSON.parse(
      await skopeo('inspect', '--raw', `oci:${app}/.catamaran/layout:laid`),
    ) as IndexManifest;
    expect(index.manifests.map(({ platform }) => platform)).toEqual(platforms);
    expect(JSON.stringify(index)).not.toContain('base.name');
  });

  it('musl is not built with a Node.js for glibc, and scratch not at all', async () => {
    const layout = join(folder, 'musl');
    const options = debianOptions(debianBaseSchema.parse({ packages: ['base-files', 'musl'] }), folder, 0);
    const services = { cache: openCache(join(env.XDG_CACHE_HOME, 'catamaran')), inputs: noInputs };
    const musl = debianBase(options, { ...services, lock: lockFile(folder, noInputs) });
    const ctx = createContext();
    const images = platforms.map(async (platform) => ({
      platform,
      image: await musl.resolve(platform, ctx),
    }));
    await layoutStore(layout).put(parseReference('musl'), await createIndex(await Promise.all(images)), ctx);

    for (const [name, more, code] of [
      ['one', `base: { kind: 'layout', path: '../musl' }`, 'CATA_BASE_MUSL'],
      ['two', `base: { kind: 'layout', path: '../musl' }, node: 'base'`, 'CATA_BASE_NODE_MISSING'],
      ['three', `base: { kind: 'scratch' }`, 'CATA_BASE_LIBC_MISSING'],
    ] as const) {
      const { exitCode, stdout, stderr } = await runCatamaran(['build'], {
        cwd: await project(name, more),
        env,
      });
      expect({ exitCode, stdout, stderr }).toMatchObject({ exitCode: 2, stdout: '' });
      expect(stderr).toContain(code);
    }
  });
});
