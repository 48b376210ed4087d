import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { ImageConfig, IndexManifest, Manifest } from '@catamaran/oci';
import { beforeAll, describe, expect, it } from 'vitest';
import type { BuildDocument } from '../packages/cli/src/build/build-document.ts';
import { requireTools } from '../packages/run/src/testing/require-tool.ts';
import { buildBookstore } from './support/build-bookstore.ts';
import { command } from './support/command.ts';
import { startRegistry } from './support/docker-registry.ts';
import { readElfMachines } from './support/read-elf-machines.ts';
import { temporaryFolder } from './support/temporary-folder.ts';
import { walk } from './support/walk.ts';

const hulls = [
  { architecture: 'amd64', machine: 'Advanced Micro Devices X86-64', argon2: 'argon2-linux-x64-gnu' },
  { architecture: 'arm64', machine: 'AArch64', argon2: 'argon2-linux-arm64-gnu' },
] as const;

const skopeo = (...args: readonly string[]) => command('skopeo', '--insecure-policy', ...args);
const inspect = async <T>(what: 'raw' | 'config', image: string): Promise<T> =>
  JSON.parse(await skopeo('inspect', `--${what}`, image)) as T;

const tools = await requireTools('skopeo', 'umoci', 'docker-registry', 'readelf');

describe.skipIf(!tools)("the bookstore's image, in the hands of other tools", { timeout: 180_000 }, () => {
  const folder = temporaryFolder();
  const image = `oci:${join(folder, '.catamaran', 'layout')}:bookstore`;
  let built: BuildDocument;
  beforeAll(async () => {
    built = await buildBookstore({ cwd: folder, env: { XDG_CACHE_HOME: join(folder, 'cache') } });
  }, 180_000);

  it('is an index of one image for each platform', async () => {
    const index = await inspect<IndexManifest>('raw', image);
    expect(index.manifests.map(({ digest, platform }) => ({ digest, ...platform }))).toEqual(
      hulls.map(({ architecture }, at) => ({
        digest: built.platforms[at]?.digest,
        os: 'linux',
        architecture,
      })),
    );
    expect(index.annotations).toMatchObject({ 'org.opencontainers.image.title': 'bookstore' });
  });

  it('goes into a registry and comes out with the same digest', async () => {
    const stored = join(folder, 'registry');
    mkdirSync(stored);
    await using registry = await startRegistry(stored);
    const remote = `docker://${registry.address}/bookstore:1.0`;
    await skopeo('copy', '--quiet', '--all', '--dest-tls-verify=false', image, remote);
    const raw = await skopeo('inspect', '--raw', '--tls-verify=false', remote);
    expect(`sha256:${createHash('sha256').update(raw).digest('hex')}`).toBe(built.digest);
  });

  it('has what does not depend on the CPU in layers that are the same for both', async () => {
    const [amd64 = [], arm64 = []] = await Promise.all(
      built.platforms.map(async ({ digest }) => {
        const blob = join(folder, '.catamaran', 'layout', 'blobs', 'sha256', digest.slice('sha256:'.length));
        const manifest = JSON.parse(readFileSync(blob, 'utf8')) as Manifest;
        return manifest.layers.map((layer) => layer.digest);
      }),
    );
    const alike = amd64.map((digest, at) => (digest === arm64[at] ? 'same' : 'different'));
    // Debian, Node.js, the project's folders, neutral packages, native packages, the application.
    expect(alike).toEqual(['different', 'different', 'same', 'same', 'different', 'same']);
    expect(new Set([...amd64, ...arm64]).size).toBe(9);
  });

  describe.each(hulls)('for $architecture', ({ architecture, machine, argon2 }) => {
    const single = `oci:${join(folder, `one-${architecture}`)}:bookstore`;
    const root = join(folder, `unpacked-${architecture}`, 'rootfs');
    const names = (...path: readonly string[]) => readdirSync(join(root, ...path));
    beforeAll(async () => {
      // umoci takes a tag for one image: of an index, it cannot tell which.
      await skopeo('copy', '--quiet', '--override-arch', architecture, image, single);
      await command('umoci', 'unpack', '--image', single.replace('oci:', ''), join(root, '..'));
    }, 60_000);

    it('loads into Docker as an archive', async () => {
      const archive = join(folder, `${architecture}.tar`);
      const destination = `docker-archive:${archive}:bookstore:1.0`;
      await skopeo('copy', '--quiet', '--override-arch', architecture, image, destination);
      expect(await inspect('config', `docker-archive:${archive}`)).toMatchObject({
        architecture,
        os: 'linux',
      });
    });

    it('says how it wants to be run, and what it is', async () => {
      const { config } = await inspect<ImageConfig>('config', single);
      expect(config).toMatchObject({
        User: '65532:65532',
        ExposedPorts: { '3000/tcp': {} },
        WorkingDir: '/app/samples/bookstore',
        Labels: {
          'org.opencontainers.image.title': 'bookstore',
          'org.opencontainers.image.version': '0.1.0',
        },
      });
      expect(config?.Env).toEqual(expect.arrayContaining(['NODE_ENV=production', 'PORT=3000', 'SEED=30']));
      const [node = '', ...args] = config?.Entrypoint ?? [];
      expect(basename(node)).toBe('node');
      for (const path of [node, args.at(-1) ?? '']) expect(statSync(join(root, path)).isFile()).toBe(true);

      const { annotations } = await inspect<Manifest>('raw', single);
      expect(annotations).toMatchObject({
        ...config?.Labels,
        'org.opencontainers.image.licenses': 'Apache-2.0',
        'org.opencontainers.image.base.digest': expect.stringMatching(/^sha256:[0-9a-f]{64}$/),
      });
    });

    it('holds programs for its own CPU only, by the word of readelf', async () => {
      const machines = await readElfMachines(root);
      expect([...machines].filter(([, found]) => found !== machine)).toEqual([]);
      expect(machines.size).toBeGreaterThan(100);
      // Every one of them was judged before the image was stored.
      const report = built.platforms.find(({ platform }) => platform === `linux/${architecture}`);
      expect(report).toMatchObject({ elfFiles: machines.size, findings: [] });
      expect(names('app/node_modules/@node-rs').sort()).toEqual(['argon2', argon2]);
    });

    it('has no shell, no package manager, nothing with the rights of its owner, and no manual', () => {
      const all = walk(root);
      expect(all.length).toBeGreaterThan(1000);
      const programs = /^(sh|bash|dash|busybox|npm|npx|corepack|yarn|apt|apt-get|dpkg)$/;
      // dpkg's configuration and records are in folders of its name.
      const unwanted = all.filter(({ entry }) => programs.test(entry.name) && !entry.isDirectory());
      expect(unwanted.map(({ path }) => path)).toEqual([]);
      expect(all.filter(({ path }) => /^usr\/(local\/)?(share\/)?man\//.test(path))).toEqual([]);

      const files = all.filter(({ entry }) => entry.isFile()).map(({ path }) => path);
      expect(files.filter((path) => statSync(join(root, path)).mode & 0o6000)).toEqual([]);
      const documentation = files.filter((path) => path.startsWith('usr/share/doc/'));
      expect(new Set(documentation.map((path) => basename(path)))).toEqual(new Set(['copyright']));
    });

    it('is a Debian that scanners and TLS clients recognise', () => {
      const text = (path: string) => readFileSync(join(root, path), 'utf8');
      expect(names('var/lib/dpkg/status.d')).toEqual(expect.arrayContaining(['libc6', 'libc6.md5sums']));
      const libc = text('var/lib/dpkg/status.d/libc6').split('\n');
      expect(libc).toEqual(expect.arrayContaining(['Package: libc6', `Architecture: ${architecture}`]));
      const release = text('etc/os-release').split('\n');
      expect(release).toEqual(expect.arrayContaining(['ID=debian', 'VERSION_CODENAME=bookworm']));
      const certificates = text('etc/ssl/certs/ca-certificates.crt').match(/^-----BEGIN CERTIFICATE-----$/gm);
      expect(certificates?.length).toBeGreaterThan(100);
    });
  });
});
