import { createContext, directory, file, parsePlatform, symlink, type TarEntry } from '@catamaran/oci';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkImage } from './check-image.ts';
import type { KeptReport } from './report/kept-report.ts';
import type { CheckCache, LayerScan } from './scan/layer-scan.ts';
import { elfBytes } from './testing/elf-bytes.ts';
import { imageOf, layerOf, startedImage } from './testing/memory-image.ts';

const ctx = createContext();
const amd64 = parsePlatform('linux/amd64');
const arm64 = parsePlatform('linux/arm64');

/** Keeps scans as text, as a cache on disk does. */
function memoryCache(): CheckCache & { readonly kept: Map<string, string> } {
  const kept = new Map<string, string>();
  const read = <T>(key: string) => {
    const text = kept.get(key);
    return text === undefined ? undefined : (JSON.parse(text) as T);
  };
  return {
    kept,
    getScan: async (key) => read<LayerScan>(key),
    putScan: async (key, scan) => void kept.set(key, JSON.stringify(scan)),
    getReport: async (key) => read<KeptReport>(JSON.stringify(key)),
    putReport: async (key, report) => void kept.set(JSON.stringify(key), JSON.stringify(report)),
  };
}

const loader = '/lib64/ld-linux-x86-64.so.2';
const program = elfBytes({ interpreter: loader, needed: ['libc.so.6'] });
const base: readonly TarEntry[] = [
  file('usr/lib64/ld-linux-x86-64.so.2', elfBytes({}), 0o755),
  symlink('lib64', 'usr/lib64'),
  file('usr/lib/x86_64-linux-gnu/libc.so.6', elfBytes({ needed: ['ld-linux-x86-64.so.2'] })),
  file('etc/hosts', 'no ELF at all'),
  file('empty', ''),
  file('short', '\x7fEL'),
];

async function check(...layers: readonly (readonly TarEntry[])[]) {
  const image = await imageOf(amd64, ...(await Promise.all(layers.map((entries) => layerOf(...entries)))));
  const report = await checkImage(image, amd64, memoryCache(), ctx);
  return { ...report, findings: report.findings.map(({ rule, path }) => `${rule} ${path}`) };
}

describe('checkImage', () => {
  it('finds nothing in an image that has all that its files need', async () => {
    expect(await check(base, [file('bin/app', program, 0o755)])).toEqual({
      platform: amd64,
      elfFiles: 3,
      findings: [],
    });
  });

  it('finds nothing in an image without an ELF file, or without a layer', async () => {
    expect(await check([file('etc/hosts', '')])).toMatchObject({ elfFiles: 0, findings: [] });
    expect(await check()).toMatchObject({ elfFiles: 0, findings: [] });
  });

  it('finds what is missing and what is for another machine, in the order of the paths', async () => {
    const foreign = elfBytes({ machine: 183 });
    const { findings } = await check([file('b', program), file('a/z', foreign), file('a-b', foreign)]);
    expect(findings).toEqual(['machine /a-b', 'machine /a/z', 'interpreter /b', 'needed /b']);
  });

  it('judges an image for the platform that it is asked about', async () => {
    const image = await imageOf(arm64, await layerOf(file('app', elfBytes({ machine: 183 }))));
    expect((await checkImage(image, arm64, memoryCache(), ctx)).findings).toEqual([]);
    const { findings } = await checkImage(image, amd64, memoryCache(), ctx);
    expect(findings.map(({ rule }) => rule)).toEqual(['config-platform', 'machine']);
  });

  it('does not judge a file that a later layer replaces, removes or buries', async () => {
    const bad = [file('opt/app', elfBytes({ machine: 183 })), file('opt/torn', program.subarray(0, 70))];
    expect((await check(bad)).findings).toEqual(['machine /opt/app', 'readable /opt/torn']);
    expect(await check(bad, [file('opt/app', elfBytes({})), file('opt/torn', 'text')])).toMatchObject({
      elfFiles: 1,
      findings: [],
    });
    expect(await check(bad, [file('opt/.wh.app', ''), file('opt/.wh.torn', '')])).toMatchObject({
      elfFiles: 0,
      findings: [],
    });
    expect(await check(bad, [file('opt/.wh..wh..opq', '')])).toMatchObject({ elfFiles: 0, findings: [] });
    expect(await check(bad, [file('opt', 'a file')])).toMatchObject({ elfFiles: 0, findings: [] });
  });

  it('judges the file that replaces a good one', async () => {
    expect(
      (await check([file('app', elfBytes({}))], [file('app', elfBytes({ machine: 183 }))])).findings,
    ).toEqual(['machine /app']);
  });

  it('finds that a later layer took away what an earlier one needs', async () => {
    const { findings } = await check(
      base,
      [file('bin/app', program)],
      [file('usr/lib/.wh.x86_64-linux-gnu', '')],
    );
    expect(findings).toEqual(['needed /bin/app']);
  });

  it('finds a library under the second name that a hard link gives it', async () => {
    const second: TarEntry = {
      type: 'hardlink',
      path: './usr/lib/libc.so.6',
      target: './opt/libc.so',
      mode: 0o644,
    };
    const library = file('./opt/libc.so', elfBytes({}));
    const image: TarEntry[] = [library, second, file('app', elfBytes({ needed: ['libc.so.6'] }))];
    expect((await check(image)).findings).toEqual([]);
    expect((await check(image, [file('opt/.wh.libc.so', '')])).findings).toEqual([]);
  });

  it('takes a broken ELF file for a finding that says why', async () => {
    const image = await imageOf(
      amd64,
      await layerOf(file('lib/a.so', program.subarray(0, 100)), file('app', elfBytes({}))),
    );
    const report = await checkImage(image, amd64, memoryCache(), ctx);
    expect(report).toEqual({
      platform: amd64,
      elfFiles: 1,
      findings: [
        {
          rule: 'readable',
          level: 'error',
          path: '/lib/a.so',
          message: 'cannot be read: the file is cut short',
        },
      ],
    });
  });

  it('reads large files of every kind to their end', async () => {
    const large = Buffer.concat([elfBytes({}), Buffer.alloc(1_000_000)]);
    const entries = [
      file('a', large),
      file('b', Buffer.alloc(1_000_000, 'b')),
      file('c', elfBytes({ machine: 183 })),
    ];
    expect(await check(entries)).toMatchObject({ elfFiles: 2, findings: ['machine /c'] });
  });
});

describe('the scans', () => {
  it('are kept by diff ID: a second check reads no layer and says the same', async () => {
    const layers = [
      await layerOf(...base),
      await layerOf(file('app', program), file('torn', program.subarray(0, 70))),
    ];
    const image = await imageOf(amd64, ...layers);
    const cache = memoryCache();
    const first = await checkImage(image, amd64, cache, ctx);
    expect(layers.map(({ opened }) => opened)).toEqual([1, 1]);
    for (const layer of layers) {
      const hex = (await layer.diffId()).slice('sha256:'.length);
      expect([...cache.kept.keys()].filter((key) => key.endsWith(hex))).toHaveLength(1);
    }
    expect(await checkImage(image, amd64, cache, ctx)).toEqual(first);
    expect(layers.map(({ opened }) => opened)).toEqual([1, 1]);
    expect(first.findings).toHaveLength(1);
  });

  it('are not kept of a layer that cannot be read', async () => {
    const layer = await layerOf(file('../outside', ''));
    const cache = memoryCache();
    await expect(checkImage(await imageOf(amd64, layer), amd64, cache, ctx)).rejects.toMatchObject({
      code: 'CATA_TAR_PATH_UNSAFE',
    });
    expect(cache.kept.size).toBe(0);
  });

  it('are not kept when the check is stopped', async () => {
    const image = await imageOf(amd64, await layerOf(...base));
    const cache = memoryCache();
    const stopped = createContext({ signal: AbortSignal.abort(new Error('stopped')) });
    await expect(checkImage(image, amd64, cache, stopped)).rejects.toThrow('stopped');
    expect(cache.kept.size).toBe(0);
  });
});

describe('an image with another layer on top', () => {
  const key = `-----BEGIN PRIVATE KEY-----\n${'MIIE'.repeat(16)}\n-----END PRIVATE KEY-----\n`;
  const small = elfBytes({ interpreter: '/ld', needed: ['libc.so.6'] });
  const path = fc.constantFrom(
    'ld',
    'lib',
    'lib/libc.so.6',
    'app',
    'app/a',
    'app/a/b',
    // With "app/a" a link to "lib", that is the library.
    'app/a/libc.so.6',
    'app/.wh.a',
    '.wh.lib',
  );
  const entry = fc.oneof(
    path.map((at) => file(at, 'text')),
    path.map((at) => file(at, '#!/lib/sh\n', 0o755)),
    path.map((at) => file(at, '', 0o4777)),
    path.map((at) => file(at, key)),
    path.map((at) => directory(at, 0o700)),
    fc.constant(file('etc/passwd', 'app:x:0:0::/:\n')),
    fc.constant(file('node_modules/a/package.json', '{"name":"a","version":"1.0.0","os":["darwin"]}')),
    path.map((at) => file(at, small)),
    path.map((at) => directory(at)),
    path.map((at) => symlink(at, 'lib')),
    path.map((at) => symlink(at, '/app/a')),
  );
  const entries = fc.uniqueArray(entry, { maxLength: 4, selector: ({ path: at }) => at });
  const good = [
    file('ld', elfBytes({})),
    directory('lib'),
    file('lib/libc.so.6', elfBytes({})),
    file('app/run', small),
  ];

  const started = fc.constantFrom(
    {},
    { Entrypoint: ['/app/a'], User: 'app' },
    { Entrypoint: ['a'], Env: ['PATH=/lib:/app'], User: '1000' },
    { Cmd: ['./b'], WorkingDir: '/app/a' },
  );

  it('is judged as it would be without knowing what was below', async () => {
    await fc.assert(
      fc.asyncProperty(entries, entries, entries, started, async (middle, top, other, execution) => {
        const layers = await Promise.all([good, middle, top, other].map((some) => layerOf(...some)));
        const cache = memoryCache();
        const below = layers.slice(0, 2);
        const first = await startedImage(amd64, execution, ...below, ...layers.slice(2, 3));
        await checkImage(first, amd64, cache, ctx);
        for (const last of layers.slice(2)) {
          const image = await startedImage(amd64, execution, ...below, last);
          const known = await checkImage(image, amd64, cache, ctx);
          expect(known).toEqual(await checkImage(image, amd64, memoryCache(), ctx));
        }
      }),
      { numRuns: 300 },
    );
  });

  it('is judged as a whole when what is on top leads over a link to what was judged', async () => {
    const [base, app, over] = [
      await layerOf(...good, symlink('link', 'lib')),
      await layerOf(file('app/main.js', '1')),
      await layerOf(file('link/libc.so.6', 'no library')),
    ];
    const cache = memoryCache();
    await checkImage(await imageOf(amd64, base, app), amd64, cache, ctx);
    const image = await imageOf(amd64, base, over);
    expect(await checkImage(image, amd64, cache, ctx)).toEqual(
      await checkImage(image, amd64, memoryCache(), ctx),
    );
  });

  it('has what its own layer brings, though what is below is not looked at again', async () => {
    const base = await layerOf(...good);
    const cache = memoryCache();
    await checkImage(await imageOf(amd64, base, await layerOf(file('app/main.js', '1'))), amd64, cache, ctx);
    for (const name of cache.kept.keys())
      if (name.endsWith((await base.diffId()).slice(-64))) cache.kept.delete(name);
    const bad = await layerOf(file('app/key', key), file('app/open', '', 0o666), file('app/su', '', 0o4755));
    const { findings } = await checkImage(await imageOf(amd64, base, bad), amd64, cache, ctx);
    expect(findings.map(({ rule, path }) => `${rule} ${path}`)).toEqual([
      'secret /app/key',
      'world-writable /app/open',
      'set-uid /app/su',
    ]);
    expect(findings[0]?.layer).toBe(await bad.diffId());
    expect(base.opened).toBe(1);
  });

  it('does not read what was below again', async () => {
    const [base, app, changed] = [
      await layerOf(...good),
      await layerOf(file('app/main.js', '1')),
      await layerOf(file('app/main.js', '2')),
    ];
    const cache = memoryCache();
    const first = await checkImage(await imageOf(amd64, base, app), amd64, cache, ctx);
    for (const key of cache.kept.keys())
      if (key.endsWith((await base.diffId()).slice(-64))) cache.kept.delete(key);
    expect(await checkImage(await imageOf(amd64, base, changed), amd64, cache, ctx)).toEqual(first);
    expect([base.opened, changed.opened]).toEqual([1, 1]);
  });
});
