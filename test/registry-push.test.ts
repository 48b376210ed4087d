import { createHash, randomUUID } from 'node:crypto';
import { existsSync, mkdirSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import type { IndexDocument } from '../packages/cli/src/inspect/index-document.ts';
import type { PushDocument } from '../packages/cli/src/push/push-document.ts';
import { requireTools } from '../packages/run/src/testing/require-tool.ts';
import { command } from './support/command.ts';
import { type Registry, startRegistry } from './support/docker-registry.ts';
import { config, type FixtureProject, fixtureProject } from './support/fixture-project.ts';
import { writePasswordFile } from './support/password-file.ts';
import { processesWithVariable } from './support/processes.ts';
import { type ProgramResult, runCatamaran } from './support/run-catamaran.ts';
import { startStallingRegistry } from './support/stalling-registry.ts';
import { temporaryFolder } from './support/temporary-folder.ts';

const tools = await requireTools('skopeo', 'docker-registry', 'htpasswd');

describe.skipIf(!tools)('catamaran push', { timeout: 120_000 }, () => {
  const folder = temporaryFolder();
  const cacheFolder = join(folder, 'cache');

  // What every test's build has in common, once.
  beforeAll(async () => {
    await using project = await fixtureProject();
    expect(await run(project, ['build', '.'])).toMatchObject({ exitCode: 0 });
  }, 180_000);

  function run(
    project: FixtureProject,
    args: readonly string[],
    options: Partial<Parameters<typeof runCatamaran>[1]> = {},
  ): Promise<ProgramResult> {
    const env = { XDG_CACHE_HOME: cacheFolder, HOME: join(folder, 'home'), ...options.env };
    return runCatamaran(args, { cwd: project.folder, ...options, env });
  }

  async function pushed(project: FixtureProject, ...args: readonly string[]): Promise<PushDocument> {
    const { exitCode, stdout, stderr } = await run(project, ['push', ...args, '--json']);
    expect({ exitCode, stderr }).toMatchObject({ exitCode: 0 });
    return JSON.parse(stdout) as PushDocument;
  }

  async function inspected(project: FixtureProject, place: string): Promise<IndexDocument> {
    const { stdout } = await run(project, ['inspect', place, '--json']);
    return JSON.parse(stdout) as IndexDocument;
  }

  function registryIn(name: string, options: Parameters<typeof startRegistry>[1] = {}): Promise<Registry> {
    mkdirSync(join(folder, name));
    return startRegistry(join(folder, name), options);
  }

  async function digestBySkopeo(place: string): Promise<string> {
    const raw = await command('skopeo', 'inspect', '--raw', '--tls-verify=false', `docker://${place}`);
    return `sha256:${createHash('sha256').update(raw).digest('hex')}`;
  }

  it('sends an image once, and of a change only what has changed', async () => {
    await using project = await fixtureProject();
    await using registry = await registryIn('once');
    const place = `${registry.address}/fixture:1`;

    const first = await pushed(project, '.', place);
    expect(first.pushed).toEqual([
      {
        reference: `${place}@${first.digest}`,
        registry: registry.address,
        repository: 'fixture',
        tag: '1',
      },
    ]);
    const before = await inspected(project, place);
    const blobsOf = (index: IndexDocument) =>
      new Map(
        index.images
          .flatMap(({ config: described, layers }) => [described, ...layers])
          .map(({ digest, sizeBytes }) => [digest, sizeBytes]),
      );
    const manifestBytes = (index: IndexDocument) =>
      index.sizeBytes + index.images.reduce((sum, image) => sum + image.sizeBytes, 0);
    const bytesOf = (sizes: Iterable<number>) => [...sizes].reduce((sum, size) => sum + size, 0);
    expect(first.registries).toMatchObject([
      {
        blobs: { sent: blobsOf(before).size, mounted: 0, present: 0 },
        manifests: { sent: 3, present: 0 },
        sentBytes: bytesOf(blobsOf(before).values()) + manifestBytes(before),
      },
    ]);

    const again = await pushed(project, '.', place);
    expect(again.digest).toBe(first.digest);
    expect(again.registries).toMatchObject([
      { sentBytes: 0, blobs: { sent: 0, mounted: 0 }, manifests: { sent: 0 } },
    ]);

    await project.write('src/main.ts', "console.log('started again');\n");
    const changed = await pushed(project, '.', place);
    const after = await inspected(project, place);
    const news = [...blobsOf(after)].filter(([digest]) => !blobsOf(before).has(digest));
    // The application's layer, which both platforms share, and their two configurations.
    expect(news).toHaveLength(3);
    expect(changed.registries).toMatchObject([
      {
        blobs: { sent: 3, mounted: 0, present: blobsOf(after).size - 3 },
        manifests: { sent: 3, present: 0 },
        sentBytes: bytesOf(news.map(([, size]) => size)) + manifestBytes(after),
      },
    ]);
    expect(changed.registries[0]?.sentBytes).toBeLessThan(20_000);
    expect(await digestBySkopeo(place)).toBe(changed.digest);
  });

  it('adds for a second platform only what differs', async () => {
    await using project = await fixtureProject();
    await using registry = await registryIn('second');
    const place = `${registry.address}/fixture:1`;
    await pushed(project, '.', place, '--platform', 'linux/amd64');
    const both = await pushed(project, '.', place);
    const layersOf = async (platform: string) => {
      const { images } = await inspected(project, place);
      return images.find((image) => image.platform === platform)?.layers.map(({ digest }) => digest) ?? [];
    };
    const amd64 = await layersOf('linux/amd64');
    const added = (await layersOf('linux/arm64')).filter((digest) => !amd64.includes(digest));
    expect(added.length).toBeLessThan(amd64.length);
    // Its own layers and its configuration; its manifest and the index.
    expect(both.registries).toMatchObject([
      { blobs: { sent: added.length + 1, mounted: 0 }, manifests: { sent: 2, present: 1 } },
    ]);
  });

  it('puts it into two registries under two tags, one line for each', async () => {
    await using project = await fixtureProject();
    await using one = await registryIn('one');
    await using two = await registryIn('two');
    const places = [one, two].flatMap(({ address }) => [`${address}/a/b:1`, `${address}/a/b:latest`]);
    const { stdout, stderr, exitCode } = await run(project, ['push', ...places]);
    expect(exitCode).toBe(0);
    const digest = await digestBySkopeo(places[0] ?? '');
    expect(stdout).toBe(places.map((place) => `${place}@${digest}\n`).join(''));
    for (const place of places) expect(await digestBySkopeo(place)).toBe(digest);
    for (const { address } of [one, two]) {
      expect(stderr).toMatch(
        new RegExp(`${address} {2}[\\d.]+ MB in [\\d.]+ s: \\d+ blobs sent, 4 manifests sent`),
      );
    }
  });

  it('sends nothing to a repository beside one that has it', async () => {
    await using project = await fixtureProject();
    await using registry = await registryIn('beside');
    await pushed(project, `${registry.address}/first`);
    const { registries } = await pushed(project, `${registry.address}/second`);
    expect(registries).toMatchObject([{ blobs: { sent: 0, present: 0 }, manifests: { sent: 3 } }]);
    expect(registries[0]?.blobs.mounted).toBeGreaterThan(3);
  });

  it('goes where publish.to of the configuration says, or there with other tags', async () => {
    await using project = await fixtureProject();
    await using registry = await registryIn('configured');
    const repository = `${registry.address}/team/fixture`;
    await project.write('catamaran.config.ts', config(`publish: { to: ['${repository}:1'] },`));
    const { pushed: byConfiguration } = await pushed(project);
    expect(byConfiguration.map(({ reference }) => reference)).toEqual([
      expect.stringContaining(`${repository}:1@sha256:`),
    ]);
    await pushed(project, '.', '--tag', '2', '--tag', 'stable');
    const { stdout } = await run(project, ['tags', repository]);
    expect(stdout.trimEnd().split('\n').sort()).toEqual(['1', '2', 'stable']);
  });

  it('tells a wrong password before it has built', async () => {
    await using project = await fixtureProject();
    const htpasswd = await writePasswordFile(join(folder, 'htpasswd'), {
      username: 'skipper',
      password: 'right',
    });
    await using registry = await registryIn('guarded', { htpasswd });
    // A build that would never end.
    const mirror = createServer(() => {});
    await new Promise<void>((resolve) => mirror.listen(0, '127.0.0.1', resolve));
    try {
      const uri = `http://127.0.0.1:${(mirror.address() as AddressInfo).port}`;
      const source = `{ uri: '${uri}', suites: ['bookworm'], signedBy: '/dev/null' }`;
      await project.write('catamaran.config.ts', config(`base: { sources: [${source}] },`));
      const { stdout, stderr, exitCode } = await run(project, ['push', '.', `${registry.address}/fixture`], {
        timeoutMs: 60_000,
        env: {
          XDG_CACHE_HOME: join(project.folder, 'cache'),
          CATAMARAN_REGISTRY: registry.address,
          CATAMARAN_REGISTRY_USERNAME: 'skipper',
          CATAMARAN_REGISTRY_PASSWORD: 's3cret',
        },
      });
      expect(stderr).toContain('error CATA_REGISTRY_UNAUTHORIZED');
      expect(stderr).toContain(registry.address);
      expect(stdout + stderr).not.toContain('s3cret');
      expect(exitCode).toBe(2);
      expect(existsSync(join(project.folder, '.catamaran'))).toBe(false);
    } finally {
      mirror.closeAllConnections();
      mirror.close();
    }
  });

  it('ends with 130 at Ctrl-C while it sends, and nothing is left running', async () => {
    await using project = await fixtureProject();
    await using registry = await startStallingRegistry();
    const mark = randomUUID();
    const { stderr, stdout, exitCode } = await run(project, ['push', '.', `${registry.address}/fixture`], {
      timeoutMs: 60_000,
      env: { CATAMARAN_TEST_MARK: mark },
      signalAfter: { stderr: /[0-9a-f]{12} to 127\.0\.0\.1/, signal: 'SIGINT' },
    });
    expect(stderr).toContain('stopped by SIGINT; nothing is left running.');
    expect(stdout).toBe('');
    expect(exitCode).toBe(130);
    expect(processesWithVariable(`CATAMARAN_TEST_MARK=${mark}`)).toEqual([]);
  });

  it.each([
    { args: ['push'], code: 'CATA_PUSH_NOWHERE', says: '"fixture"' },
    { args: ['push', '.', 'fixture:1'], code: 'CATA_PUSH_TARGET_INVALID', says: '"fixture:1"' },
    { args: ['push', 'r.io/Fixture'], code: 'CATA_LOCATION_INVALID', says: 'lower case' },
    { args: ['push', '.', 'r.io/a:1', '--tag', '2'], code: 'CATA_PUSH_TARGET_INVALID', says: '--tag' },
    { args: ['push', '.', 'r.io/a', '--tag', 'a/b'], code: 'CATA_TAG_INVALID', says: '"a/b"' },
    { args: ['push', 'nowhere', 'r.io/a'], code: 'CATA_PROJECT_MISSING', says: '"nowhere"' },
    {
      args: ['push', '.', 'r.io/a'],
      options: "publish: { to: ['r.io/a', 'fixture'] },",
      code: 'CATA_CONFIG_INVALID',
      says: 'publish.to.1: "fixture" names no registry',
    },
  ])('$args: $code', async ({ args, options = '', code, says }) => {
    await using project = await fixtureProject();
    await project.write('catamaran.config.ts', config(options));
    const { stderr, stdout, exitCode } = await run(project, args);
    expect(stderr).toContain(`error ${code}\n`);
    expect(stderr).toContain(says);
    expect(stdout).toBe('');
    expect(exitCode).toBe(2);
    expect(existsSync(join(project.folder, '.catamaran'))).toBe(false);
  });
});
