import { writeFileSync } from 'node:fs';
import { createContext, descriptorOf, parsePlatform } from '@catamaran/oci';
import { describe, expect, it } from 'vitest';
import { startArchive, type TestPackage, throwAwayKey } from '../../../testing/debian-archive.ts';
import { temporaryFolder } from '../../../testing/temporary-folder.ts';
import { openCache } from '../../cache/cache.ts';
import { noInputs, RecordedInputs } from '../../inputs/input-log.ts';
import { lockFile } from '../lock/lock-file.ts';
import { newDebianLock } from '../update/new-debian-lock.ts';
import type { AptSource } from './apt-sources.ts';
import { type DebianBaseOptions, debianBase } from './debian-base.ts';

const key = await throwAwayKey('The archive');
const [amd64, arm64] = [parsePlatform('linux/amd64'), parsePlatform('linux/arm64')];
const ctx = createContext();
const packagesOf = (version: string): readonly TestPackage[] => [
  { name: 'app', version, depends: 'lib', content: `app ${version}` },
  { name: 'lib', version: '2.1', content: 'library' },
];
const start = (version: string) => startArchive({ packages: packagesOf(version), key });
type Archive = Awaited<ReturnType<typeof start>>;

/** A project that is built from these sources; each one has a cache of its own. */
function projectOn(sources: readonly AptSource[], more: Partial<DebianBaseOptions> = {}) {
  const inputs = new RecordedInputs();
  const lock = lockFile(temporaryFolder(), inputs);
  const cache = openCache(temporaryFolder());
  const options: DebianBaseOptions = {
    suite: 'bookworm',
    packages: ['app'],
    sources: async () => sources,
    files: [],
    user: { name: 'nonroot', id: 65532 },
    zone: undefined,
    setsTz: false,
    sourceDateEpoch: 0,
    ...more,
  };
  const build = async (platform = amd64) => {
    const image = await debianBase(options, { cache, inputs, lock }).resolve(platform, ctx);
    return (await descriptorOf(image)).digest;
  };
  return { lock, cache, inputs, options, build };
}

async function lockOf({ source }: Archive, platforms = [amd64, arm64]) {
  const { options, cache } = projectOn([source]);
  return newDebianLock(options, platforms, { cache }, ctx);
}

describe('a Debian base that is locked', () => {
  it('is of exactly those packages, though the mirror has newer ones, and asks for no list', async () => {
    await using old = await start('1.0');
    await using today = await start('1.1');
    for (const [path, bytes] of old.files) if (path.startsWith('pool/')) today.files.set(path, bytes);
    const lock = await lockOf(old);
    const before = await projectOn([old.source]).build();
    const project = projectOn([today.source]);
    expect(await project.build()).not.toBe(before);
    await project.lock.write(lock);
    today.requests.length = 0;
    expect(await project.build()).toBe(before);
    expect(await project.build(arm64)).not.toBe(before);
    expect(today.requests.every((path) => path.startsWith('pool/'))).toBe(true);
  });

  it('is good for ever, where one that is not has to be looked for again', async () => {
    await using archive = await start('1.0');
    const [locked, loose] = [projectOn([archive.source]), projectOn([archive.source])];
    await locked.lock.write(await lockOf(archive));
    await locked.build();
    await loose.build();
    expect(locked.inputs.inputs).toMatchObject({ holdsUntilMs: undefined, files: [locked.lock.path] });
    expect(loose.inputs.inputs).toMatchObject({
      holdsUntilMs: expect.any(Number),
      files: [loose.lock.path],
    });
  });

  it('names no mirror', async () => {
    await using archive = await start('1.0');
    const lock = await lockOf(archive);
    expect(JSON.stringify(lock)).not.toMatch(/127\.0\.0\.1|http/);
    expect(lock.platforms['linux/arm64']?.[0]).toMatchObject({
      name: 'app',
      version: '1.0',
      suite: 'bookworm',
      file: 'pool/main/app_1.0_arm64.deb',
    });
  });

  it('is taken from the first mirror that still has it, or from the cache', async () => {
    await using old = await start('1.0');
    await using today = await start('1.1');
    const lock = await lockOf(old);
    const project = projectOn([today.source, { ...old.source, suites: ['archive'] }]);
    await project.lock.write(lock);
    const digest = await project.build();
    expect(today.requests).toContain('pool/main/app_1.0_amd64.deb');
    old.files.clear();
    const again = { ...project.options, files: [], sourceDateEpoch: 1 };
    const rebuilt = debianBase(again, { cache: project.cache, inputs: noInputs, lock: project.lock });
    expect(await rebuilt.resolve(amd64, ctx)).toBeDefined();
    expect(digest).toMatch(/^sha256:/);
  });

  it('that no mirror has any more is told of with the way out', async () => {
    await using old = await start('1.0');
    await using today = await start('1.1');
    const project = projectOn([today.source]);
    await project.lock.write(await lockOf(old));
    await expect(project.build()).rejects.toMatchObject({
      code: 'CATA_LOCKED_PACKAGE_GONE',
      fault: 'user',
      message: expect.stringMatching(/^No mirror has app=1\.0 for linux\/amd64 any more/),
      hint: expect.stringContaining('catamaran base update'),
    });
  });

  it('that a mirror does not answer for is not gone', async () => {
    await using old = await start('1.0');
    const project = projectOn([old.source]);
    await project.lock.write(await lockOf(old));
    old.answers.set('pool/main/app_1.0_amd64.deb', (_, response) => response.writeHead(503).end());
    await expect(project.build()).rejects.toMatchObject({ code: 'CATA_MIRROR_REFUSED', fault: 'remote' });
  });

  it('is not of what a mirror serves under the same name', async () => {
    await using old = await start('1.0');
    const lock = await lockOf(old);
    old.files.set('pool/main/app_1.0_amd64.deb', old.files.get('pool/main/lib_2.1_amd64.deb') ?? Buffer.of());
    const project = projectOn([old.source]);
    await project.lock.write(lock);
    await expect(project.build()).rejects.toMatchObject({ code: expect.stringMatching(/^CATA_DOWNLOAD_/) });
  });

  it.each([
    ['a package was added', { packages: ['app', 'more'] }, 'more is asked for and not in it'],
    ['a package was taken out', { packages: [] }, 'app is in it and no longer asked for'],
    ['the release is another', { suite: 'trixie' }, 'it is for bookworm, and base.suite is trixie'],
  ])('is told to be stale where %s', async (_, more, reason) => {
    await using archive = await start('1.0');
    const project = projectOn([archive.source], more);
    await project.lock.write(await lockOf(archive));
    await expect(project.build()).rejects.toMatchObject({
      code: 'CATA_LOCK_STALE',
      message: expect.stringContaining(reason),
      hint: expect.stringContaining('catamaran base update'),
    });
  });

  it('is told to be stale where it has nothing for a platform', async () => {
    await using archive = await start('1.0');
    const project = projectOn([archive.source]);
    await project.lock.write(await lockOf(archive, [arm64]));
    await expect(project.build()).rejects.toThrow('it has nothing for linux/amd64');
  });

  it('is not locked by the lock of an image in a registry', async () => {
    await using archive = await start('1.0');
    const project = projectOn([archive.source]);
    const lock = { kind: 'registry', image: 'r.io/a:1', digest: `sha256:${'0'.repeat(64)}` };
    writeFileSync(project.lock.path, JSON.stringify({ lockfileVersion: 1, base: lock }));
    expect(await project.build()).toBe(await projectOn([archive.source]).build());
  });

  it.each(['/etc/passwd', '../../x', 'pool/../../x', 'pool/a b'])('cannot name the file %s', async (file) => {
    await using archive = await start('1.0');
    const { platforms, ...rest } = await lockOf(archive);
    const [first] = platforms['linux/amd64'] ?? [];
    const project = projectOn([archive.source]);
    const base = { ...rest, platforms: { 'linux/amd64': [{ ...first, file }] } };
    writeFileSync(project.lock.path, JSON.stringify({ lockfileVersion: 1, base }));
    await expect(project.build()).rejects.toMatchObject({ code: 'CATA_LOCK_INVALID' });
  });
});
