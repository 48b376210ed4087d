import { execFileSync } from 'node:child_process';
import { generateKeyPairSync } from 'node:crypto';
import { chmodSync, existsSync, linkSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createContext, layoutStore } from '@catamaran/oci';
import { startMemoryRegistry } from '@catamaran/oci/registry-memory';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { elfBytes } from '../packages/check/src/testing/elf-bytes.ts';
import { exampleIndex } from './support/example-index.ts';
import { type LocalProject, localProject } from './support/local-project.ts';
import { runCatamaran } from './support/run-catamaran.ts';
import { temporaryFolder } from './support/temporary-folder.ts';

const key = generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();

describe('what the configuration silences', () => {
  let project: LocalProject;
  beforeAll(async () => {
    project = await localProject();
    await project.write('assets/tls.key', key);
  });
  afterAll(() => project[Symbol.asyncDispose]());

  const app = "app: { entry: 'src/main.ts', assets: ['assets/**'] },\n";
  const configure = (ignore: string) =>
    project.write('catamaran.config.ts', project.config(`${app}${ignore}`));
  const path = '/app/assets/tls.key';

  it('fails no build; without it, nothing is stored', async () => {
    await configure('');
    const refused = await project.run(['build', '.']);
    expect(refused).toMatchObject({ exitCode: 2, stderr: expect.stringContaining('CATA_CHECK_FAILED') });
    expect(refused.stderr).toContain(`secret  linux/amd64  ${path} holds a private key (line 1)`);
    expect(refused.stderr).not.toContain(key.split('\n')[1]);
    expect(existsSync(join(project.folder, '.catamaran', 'layout', 'index.json'))).toBe(false);

    await configure(
      `check: { ignore: [{ rule: 'secret', path: '/app/**/*.key', reason: 'For a demonstration.' }] }`,
    );
    const built = JSON.parse(await project.succeed('build', '.', '--json'));
    expect(built.platforms[0].findings).toEqual([
      expect.objectContaining({ rule: 'secret', level: 'error', path, silenced: 'For a demonstration.' }),
    ]);
  });

  it('is an error to `check` without the project, and is counted with it', async () => {
    const alone = await project.run(['check', 'fixture']);
    expect(alone).toMatchObject({
      exitCode: 1,
      stdout: expect.stringContaining(`  ${path} holds a private key`),
    });
    const text = await project.succeed('check', 'fixture', '--project', '.');
    expect(text).toMatch(/^fixture\nlinux\/amd64 {2}\d+ ELF files? {2}1 silenced\n/);
    const document = JSON.parse(await project.succeed('check', 'fixture', '--project', '.', '--json'));
    expect(document.platforms[0]).toMatchObject({
      counts: { errors: 0, silenced: 1 },
      findings: [{ path, silenced: 'For a demonstration.' }],
    });
  });

  it('is warned of when there is no such thing', async () => {
    await configure(
      `check: { ignore: [
      { rule: 'secret', path, reason: 'For a demonstration.' },
      { rule: 'set-uid', path: '/bin/su', reason: 'It was there once.' },
    ] }`.replace('path,', `path: '${path}',`),
    );
    const { exitCode, stderr } = await project.run(['build', '.']);
    expect({ exitCode, stderr }).toMatchObject({
      exitCode: 0,
      stderr: expect.stringContaining('check.ignore.1 silences nothing: "set-uid" finds nothing at /bin/su'),
    });
  });

  it.each([
    [`{ rule: 'secrets', reason: 'x' }`, '"secrets" is no rule; there are machine, interpreter, needed'],
    [`{ rule: 'secret', reason: ' ' }`, 'must say why this is meant to be'],
    [`{ rule: 'secret' }`, 'check.ignore.0.reason'],
    [`{ rule: 'secret', path: 'app', reason: 'x' }`, 'must be a path in the image, beginning with a slash'],
  ])('is refused as %s', async (silence, says) => {
    await configure(`check: { ignore: [${silence}] }`);
    const { exitCode, stderr } = await project.run(['check', 'fixture', '--project', '.']);
    expect({ exitCode, stderr }).toMatchObject({ exitCode: 2, stderr: expect.stringContaining(says) });
  });
});

describe('an image in a registry', () => {
  it('is read as far as it is not known: layers of the platform asked for, and once', async () => {
    await using registry = await startMemoryRegistry();
    const folder = temporaryFolder();
    const run = (...args: readonly string[]) =>
      runCatamaran(args, { cwd: folder, env: { XDG_CACHE_HOME: join(folder, 'cache'), HOME: folder } });
    const layout = join(folder, '.catamaran', 'layout');
    const index = await exampleIndex();
    await layoutStore(layout).put({ repository: 'app' }, index, createContext());
    const place = `${registry.address}/team/app:1`;
    expect(await run('copy', 'app', place)).toMatchObject({ exitCode: 0 });
    const layersOf = async (architecture: string) => {
      const image = await index.image({ os: 'linux', architecture });
      return (await image.manifest()).value.layers.map(({ digest }) => digest);
    };
    const fetched = async (...args: readonly string[]) => {
      const before = registry.requests.length;
      expect(await run('check', place, ...args)).toMatchObject({ exitCode: 1 });
      const blobs = registry.requests.slice(before).flatMap(({ method, path }) => {
        const digest = /\/blobs\/(sha256:[0-9a-f]{64})/.exec(path)?.[1];
        return method === 'GET' && digest ? [digest] : [];
      });
      const known = (await Promise.all(['amd64', 'arm64', 's390x'].map(layersOf))).flat();
      return blobs.filter((digest) => known.includes(digest as (typeof known)[number]));
    };
    const [amd64, arm64] = [await layersOf('amd64'), await layersOf('arm64')];
    expect(await fetched('-p', 'linux/amd64')).toEqual(amd64);
    expect(await fetched('-p', 'linux/amd64')).toEqual([]);
    // The layer that both have is known by now.
    expect(await fetched()).toEqual(arm64.filter((digest) => !amd64.includes(digest)));
    expect(await fetched()).toEqual([]);
  });
});

describe('a folder', () => {
  const folder = temporaryFolder();
  const root = join(folder, 'root');
  const check = (...args: readonly string[]) =>
    runCatamaran(['check', `rootfs:${root}`, ...args], {
      cwd: folder,
      env: { XDG_CACHE_HOME: join(folder, 'c') },
    });

  beforeAll(() => {
    for (const path of ['bin', 'etc', 'srv', 'closed']) mkdirSync(join(root, path), { recursive: true });
    writeFileSync(join(root, 'bin/app'), elfBytes({ interpreter: '/lib/ld.so' }));
    writeFileSync(join(root, 'bin/other'), elfBytes({ machine: 183 }));
    linkSync(join(root, 'bin/other'), join(root, 'bin/same'));
    writeFileSync(join(root, 'bin/third'), elfBytes({}));
    writeFileSync(join(root, 'etc/tls.key'), key);
    symlinkSync('/nowhere', join(root, 'etc/link'));
    symlinkSync('..', join(root, 'srv/up'));
    execFileSync('mkfifo', [join(root, 'srv/pipe')]);
  });

  it('is judged for the platform of its programs, whatever lies in it', async () => {
    const { exitCode, stdout } = await check('--json');
    const { platforms } = JSON.parse(stdout);
    expect(exitCode).toBe(1);
    expect(platforms).toHaveLength(1);
    expect(platforms[0]).toMatchObject({ platform: 'linux/amd64', elfFiles: 3 });
    expect(
      platforms[0].findings.map(({ rule, path }: { rule: string; path: string }) => `${rule} ${path}`),
    ).toEqual(['interpreter /bin/app', 'machine /bin/other', 'secret /etc/tls.key']);
  });

  it('is judged for another platform, when that is said', async () => {
    const { stdout } = await check('-p', 'linux/arm64');
    expect(stdout).toContain('/bin/third is for amd64, the image is for arm64');
    expect(stdout).not.toContain('/bin/other');
  });

  it.skipIf(process.getuid?.() === 0)('says what it may not look into', async () => {
    chmodSync(join(root, 'closed'), 0);
    const { stdout } = await check();
    expect(stdout).toContain('/closed cannot be looked into');
  });

  it.each([
    ['rootfs:nowhere', 'CATA_ROOTFS_UNREADABLE'],
    ['rootfs:', 'CATA_LOCATION_INVALID'],
    ['rootfs:root/etc/link', 'CATA_ROOTFS_UNREADABLE'],
    ['rootfs:root/srv/pipe', 'CATA_ROOTFS_UNREADABLE'],
    ['rootfs:root/etc', 'CATA_ROOTFS_PLATFORM'],
  ])('is refused as %s', async (place, code) => {
    const { exitCode, stderr } = await runCatamaran(['check', place], { cwd: folder });
    expect({ exitCode, stderr }).toEqual({ exitCode: 2, stderr: expect.stringContaining(code) });
  });

  it('fails for a warning when that is asked for', async () => {
    const open = join(folder, 'open');
    mkdirSync(open);
    writeFileSync(join(open, 'app'), elfBytes({}));
    chmodSync(join(open, 'app'), 0o777);
    const run = (...args: readonly string[]) =>
      runCatamaran(['check', 'rootfs:open', ...args], { cwd: folder });
    expect(await run()).toMatchObject({ exitCode: 0, stdout: expect.stringContaining('1 warning') });
    expect(await run('--fail-on', 'warning')).toMatchObject({ exitCode: 1 });
  });
});
