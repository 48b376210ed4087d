import { execFileSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { type Clock, createContext, parsePlatform, systemClock } from '@catamaran/oci';
import { describe, expect, it } from 'vitest';
import {
  nowMs,
  sha256,
  startArchive,
  type TestArchive,
  type TestPackage,
  throwAwayKey,
} from '../../../testing/debian-archive.ts';
import { listLayer, recordingContext } from '../../../testing/layer-tools.ts';
import { requirePrograms } from '../../../testing/require-programs.ts';
import { temporaryFolder } from '../../../testing/temporary-folder.ts';
import { writeFiles } from '../../../testing/write-files.ts';
import { openCache } from '../../cache/cache.ts';
import { noInputs } from '../../inputs/input-log.ts';
import { lockFile } from '../lock/lock-file.ts';
import type { AptSource } from './apt-sources.ts';
import { debianBase } from './debian-base.ts';

const key = await throwAwayKey('The archive');
const stranger = await throwAwayKey('Somebody else');
const packages: readonly TestPackage[] = [
  { name: 'app', version: '1.0-1', depends: 'lib (>= 2)', content: 'the app' },
  { name: 'lib', version: '2.1', content: 'the library' },
];
const amd64 = parsePlatform('linux/amd64');
const arm64 = parsePlatform('linux/arm64');
const amd64List = 'dists/bookworm/main/binary-amd64/Packages.gz';
const libDeb = 'pool/main/lib_2.1_amd64.deb';
const dayMs = 24 * 60 * 60 * 1000;

const clockAt = (ms: number): Clock => ({ ...systemClock, now: () => ms });
const context = (ms = nowMs) => recordingContext({ clock: clockAt(ms) });
const start = (parts: Partial<TestArchive> = {}) => startArchive({ packages, key, ...parts });

function baseFrom(source: AptSource, cacheFolder = temporaryFolder()) {
  const options = {
    suite: 'bookworm',
    packages: ['app'],
    sources: async () => [source],
    files: [],
    user: { name: 'nonroot', id: 65532 },
    zone: undefined,
    setsTz: false,
    sourceDateEpoch: 0,
  };
  const lock = lockFile(temporaryFolder(), noInputs);
  return debianBase(options, { cache: openCache(cacheFolder), inputs: noInputs, lock });
}

function resolveOnce(source: AptSource) {
  return baseFrom(source).resolve(amd64, context().ctx);
}

/** Files that should not be left anywhere in a cache. */
function temporaryFiles(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((path) => path.endsWith('.tmp'));
}

describe('a base from a mirror', () => {
  it('holds the packages and what they depend on, for every platform', async () => {
    await using archive = await start();
    const base = baseFrom(archive.source);
    for (const platform of [amd64, arm64]) {
      const { architecture } = platform;
      const image = await base.resolve(platform, context().ctx);
      const { config, ...rest } = (await image.config()).value;
      expect(rest).toMatchObject({
        architecture,
        os: 'linux',
        history: [{ created_by: 'catamaran: Debian bookworm: app=1.0-1 lib=2.1' }],
      });
      expect(config).toMatchObject({ User: '65532:65532', WorkingDir: '/' });
      const [layer, ...others] = await image.layers();
      expect(others).toEqual([]);
      const entries = layer ? await listLayer(layer) : [];
      const at = (path: string) => entries.find((entry) => entry.path === path);
      expect(at('usr/bin/app')).toMatchObject({ text: 'the app', mode: 0o755 });
      expect(at('usr/bin/lib')?.text).toBe('the library');
      expect(at('var/lib/dpkg/status.d/lib')?.text).toContain(`Architecture: ${architecture}`);
    }
  });

  it('asks the mirror once a day, and has the same digest from another cache', async () => {
    await using archive = await start();
    const folder = temporaryFolder();
    const digestOf = async (cacheFolder: string, ms: number) => {
      const [layer] = await (
        await baseFrom(archive.source, cacheFolder).resolve(amd64, context(ms).ctx)
      ).layers();
      return (await layer?.descriptor())?.digest;
    };
    const first = await digestOf(folder, nowMs);
    const { length } = archive.requests;
    expect(await digestOf(folder, nowMs + dayMs - 1)).toBe(first);
    expect(archive.requests).toHaveLength(length);
    expect(await digestOf(folder, nowMs + dayMs)).toBe(first);
    expect(archive.requests.slice(length)).toEqual(['dists/bookworm/InRelease']);
    expect(await digestOf(temporaryFolder(), nowMs)).toBe(first);
  });

  it('reads lists by their hash where the mirror has them so', async () => {
    await using archive = await start({ release: 'Acquire-By-Hash: yes\n' });
    const hash = sha256(archive.files.get(amd64List) ?? new Uint8Array());
    archive.files.delete(amd64List);
    await resolveOnce(archive.source);
    expect(archive.requests).toContain(`dists/bookworm/main/binary-amd64/by-hash/SHA256/${hash}`);
  });

  it.skipIf(!requirePrograms('xz'))('reads lists in xz', async () => {
    const compress = (input: Uint8Array) => execFileSync('xz', ['-c'], { input });
    await using archive = await start({ compression: { ending: '.xz', compress } });
    await expect(resolveOnce(archive.source)).resolves.toBeDefined();
  });

  it('trusts a keyring in a file, armoured or not, and one key among several', async () => {
    await using archive = await start();
    const binary = Buffer.from(
      (await import('openpgp').then(({ readKey }) => readKey({ armoredKey: key.armoredPublicKey }))).write(),
    );
    const folder = writeFiles(temporaryFolder(), {
      'a.asc': key.armoredPublicKey,
      'a.gpg': binary,
      'b.asc': stranger.armoredPublicKey,
    });
    for (const names of [['a.asc'], ['a.gpg'], ['b.asc', 'a.gpg']]) {
      const signedBy = names.map((name) => `${folder}/${name}`);
      await expect(resolveOnce({ ...archive.source, signedBy })).resolves.toBeDefined();
    }
  });

  it('follows a mirror that sends on to another', async () => {
    await using archive = await start();
    await using front = await start();
    front.answers.set(libDeb, (_, response) =>
      response.writeHead(302, { location: `${archive.uri}/${libDeb}` }).end(),
    );
    await resolveOnce(front.source);
    expect(archive.requests).toEqual([libDeb]);
  });

  it('tries again when the mirror stumbles', async () => {
    await using archive = await start();
    archive.answers.set(libDeb, (_, response) => {
      archive.answers.delete(libDeb);
      response.writeHead(503).end();
    });
    await expect(resolveOnce(archive.source)).resolves.toBeDefined();
    expect(archive.requests.filter((path) => path === libDeb)).toHaveLength(2);
  });
});

describe('a mirror that is not to be trusted', () => {
  const signature = {
    code: 'CATA_ARCHIVE_SIGNATURE',
    message: expect.stringContaining('/dists/bookworm/InRelease'),
  };

  it('is signed by somebody else', async () => {
    await using archive = await start({ key: stranger });
    const refused = resolveOnce({ ...archive.source, signedBy: [key.armoredPublicKey] });
    await expect(refused).rejects.toMatchObject(signature);
    expect(archive.requests).toEqual(['dists/bookworm/InRelease']);
  });

  it.each([
    ['changed after it was signed', (text: string) => text.replace('Suite: oldstable', 'Suite: newstable')],
    ['another hash', (text: string) => text.replace(/^ [0-9a-f]{64}/m, ` ${'0'.repeat(64)}`)],
    [
      'no signature',
      (text: string) => text.slice(text.indexOf('\n\n') + 2, text.indexOf('-----BEGIN PGP SIG')),
    ],
    ['half a signature', (text: string) => text.slice(0, -200)],
    ['nothing', () => ''],
  ])('has %s', async (_, tamper) => {
    await using archive = await start({ tamper });
    await expect(resolveOnce(archive.source)).rejects.toMatchObject(signature);
  });

  it('adds to the text, before or behind what is signed, and nobody reads it', async () => {
    const added = 'Acquire-By-Hash: yes\n';
    await using archive = await start({ tamper: (text) => `${added}${text}${added}` });
    // Refusing it would be as good.
    await resolveOnce(archive.source).catch((error: unknown) => expect(error).toMatchObject(signature));
    expect(archive.requests.some((path) => path.includes('by-hash'))).toBe(false);
  });

  it('serves another release, signed by the right key', async () => {
    await using archive = await start();
    const source = { ...archive.source, suites: ['bookworm-security'] };
    archive.files.set(
      'dists/bookworm-security/InRelease',
      archive.files.get('dists/bookworm/InRelease') ?? Buffer.of(),
    );
    await expect(resolveOnce(source)).rejects.toMatchObject({
      code: 'CATA_ARCHIVE_SIGNATURE',
      message: expect.stringContaining('it was made for "bookworm" or "oldstable"'),
    });
  });

  it('serves a release that is no longer valid', async () => {
    await using archive = await start({ release: 'Valid-Until: Wed, 31 Dec 2025 00:00:00 UTC\n' });
    const base = baseFrom(archive.source);
    await expect(base.resolve(amd64, context().ctx)).rejects.toMatchObject({
      code: 'CATA_ARCHIVE_EXPIRED',
      message: expect.stringContaining('was valid until Wed, 31 Dec 2025 00:00:00 UTC'),
    });
    await expect(base.resolve(amd64, context(nowMs - 2 * dayMs).ctx)).resolves.toBeDefined();
  });

  it.each([amd64List, libDeb])('serves another %s', async (path) => {
    await using archive = await start();
    const other = Buffer.from(archive.files.get(path) ?? []);
    other.reverse();
    archive.files.set(path, other);
    await expect(resolveOnce(archive.source)).rejects.toMatchObject({
      code: 'CATA_DOWNLOAD_HASH',
      message: expect.stringContaining(`${archive.uri}/${path} has digest sha256:${sha256(other)}`),
    });
    expect(archive.requests.filter((asked) => asked === path)).toHaveLength(1);
  });

  it.each([amd64List, libDeb])('serves more of %s than it has announced, without end', async (path) => {
    await using archive = await start();
    archive.answers.set(path, (_, response) => {
      const send = () => {
        while (response.write(Buffer.alloc(64 * 1024)));
      };
      response.on('drain', send);
      send();
    });
    await expect(resolveOnce(archive.source)).rejects.toMatchObject({
      code: 'CATA_DOWNLOAD_TOO_LARGE',
      message: expect.stringContaining(path),
    });
  });

  it('has no keyring that anybody knows', async () => {
    await using archive = await start();
    for (const signedBy of [[], ['/nowhere/ring.gpg']]) {
      await expect(resolveOnce({ ...archive.source, signedBy })).rejects.toMatchObject({
        code: 'CATA_KEYRING_MISSING',
      });
    }
    await expect(resolveOnce({ ...archive.source, signedBy: ['/nowhere/ring.gpg'] })).rejects.toThrow(
      '"/nowhere/ring.gpg"',
    );
  });
});

describe('a mirror that does not have it', () => {
  it('is closed', async () => {
    const archive = await start();
    await archive[Symbol.asyncDispose]();
    await expect(resolveOnce(archive.source)).rejects.toMatchObject({
      code: 'CATA_MIRROR_UNREACHABLE',
      message: expect.stringMatching(/dists\/bookworm\/InRelease: .*ECONNREFUSED/),
    });
  });

  it('is closed, but was asked before: the packages of then, and a warning', async () => {
    const archive = await start();
    const folder = temporaryFolder();
    const before = await (await baseFrom(archive.source, folder).resolve(amd64, context().ctx)).manifest();
    await archive[Symbol.asyncDispose]();
    const { ctx, warnings } = context(nowMs + 2 * dayMs);
    const after = await (await baseFrom(archive.source, folder).resolve(amd64, ctx)).manifest();
    expect(after.bytes).toEqual(before.bytes);
    expect(warnings).toEqual([expect.stringMatching(/does not answer.*packages known from before are used/)]);
  });

  it('was asked before, and is now signed by somebody else: no excuse', async () => {
    await using archive = await start();
    await using other = await start({ key: stranger });
    const folder = temporaryFolder();
    await baseFrom(archive.source, folder).resolve(amd64, context().ctx);
    const inRelease = 'dists/bookworm/InRelease';
    archive.files.set(inRelease, other.files.get(inRelease) ?? Buffer.of());
    const { ctx } = context(nowMs + 2 * dayMs);
    await expect(baseFrom(archive.source, folder).resolve(amd64, ctx)).rejects.toMatchObject({
      code: 'CATA_ARCHIVE_SIGNATURE',
    });
  });

  it.each(['dists/bookworm/InRelease', amd64List, libDeb])('answers 404 for %s', async (path) => {
    await using archive = await start();
    archive.files.delete(path);
    await expect(resolveOnce(archive.source)).rejects.toMatchObject({
      code: 'CATA_MIRROR_REFUSED',
      message: `The mirror answers 404 for ${archive.uri}/${path}.`,
    });
    expect(archive.requests.filter((asked) => asked === path)).toHaveLength(1);
  });

  it('has no such component', async () => {
    await using archive = await start();
    await expect(resolveOnce({ ...archive.source, components: ['contrib'] })).rejects.toMatchObject({
      code: 'CATA_ARCHIVE_INCOMPLETE',
      message: expect.stringContaining('has no contrib/binary-amd64/Packages'),
    });
  });

  it('breaks off in the middle, every time', async () => {
    await using archive = await start();
    archive.answers.set(libDeb, (_, response) => {
      response.writeHead(200, { 'content-length': 1000 }).write('half', () => response.destroy());
    });
    await expect(resolveOnce(archive.source)).rejects.toMatchObject({
      code: 'CATA_MIRROR_UNREACHABLE',
      message: expect.stringContaining(libDeb),
    });
    expect(archive.requests.filter((path) => path === libDeb)).toHaveLength(3);
  });
});

describe('a build that is stopped', () => {
  it.each(['dists/bookworm/InRelease', amd64List, libDeb])(
    'in the middle of %s leaves nothing half done',
    async (path) => {
      await using archive = await start();
      const stop = new AbortController();
      const whole = archive.files.get(path) ?? Buffer.of();
      archive.answers.set(path, (_, response) => {
        response.writeHead(200, { 'content-length': whole.length }).write(whole.subarray(0, 10));
        response.on('close', () => archive.answers.delete(path));
        setImmediate(() => stop.abort(new Error('enough')));
      });
      const folder = temporaryFolder();
      const ctx = createContext({ signal: stop.signal, clock: clockAt(nowMs) });
      await expect(baseFrom(archive.source, folder).resolve(amd64, ctx)).rejects.toThrow('enough');
      expect(temporaryFiles(folder)).toEqual([]);
      archive.answers.delete(path);
      await expect(baseFrom(archive.source, folder).resolve(amd64, context().ctx)).resolves.toBeDefined();
    },
  );
});
