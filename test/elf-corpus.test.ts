import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type CheckCache, checkImage, type KeptReport, type LayerScan } from '@catamaran/check';
import {
  createContext,
  createImage,
  type ExecutionConfig,
  file,
  hostPlatform,
  type Layer,
  platforms,
  symlink,
  type TarEntry,
} from '@catamaran/oci';
import { beforeAll, describe, expect, it } from 'vitest';
import { layerOf } from '../packages/check/src/testing/memory-image.ts';
import { requireTools } from '../packages/run/src/testing/require-tool.ts';
import { type Corpus, compileCorpus, systemLibraries } from './support/elf-corpus/compile-corpus.ts';
import { elfRules } from './support/elf-corpus/elf-rules.ts';
import { hasCompilers, hasMusl, otherMachines, toolchains } from './support/elf-corpus/toolchains.ts';
import { temporaryFolder } from './support/temporary-folder.ts';

/** Where a file of the corpus is put: its path in the image, and its name in the corpus. */
type Placed = Readonly<Record<string, string>>;

const [app, lib] = ['opt/app/bin/app', 'opt/app/lib/liba.so.1'];

/** What fits, on glibc. */
const right: readonly (readonly [string, Placed])[] = [
  ...['static', 'static-pie', 'pie', 'no-pie', 'c++', 'old-hash'].map(
    (name) => [`a program: ${name}`, { [app]: name }] as const,
  ),
  ['a library', { [lib]: 'liba.so.1' }],
  ['what debuggers read', { 'usr/lib/debug/app': 'debug', 'usr/lib/debug/lib.so': 'debug.so' }],
  ['a program that finds its library by its DT_RUNPATH', { [app]: 'runpath', [lib]: 'liba.so.1' }],
  [
    'a program that finds its library in a system folder',
    { [app]: 'plain', 'usr/lib/liba.so.1': 'liba.so.1' },
  ],
  [
    'a library that finds another one by the program’s DT_RPATH',
    { [app]: 'outer-rpath', [lib]: 'liba.so.1', 'opt/app/lib/libouter.so.1': 'libouter.so.1' },
  ],
  [
    'a library that finds another one by its own DT_RUNPATH',
    { [app]: 'outer-runpath', [lib]: 'liba.so.1', 'opt/app/lib/libouter.so.1': 'libouter-own.so.1' },
  ],
  ['an addon that uses Node-API', { 'app/a.node': 'node-api.node', 'app/b.node': 'node-api-old-hash.node' }],
  [
    'addons that ask for what addons have',
    { 'app/a.node': 'asks-for-abi.node', 'app/b.node': 'asks-for-abi-old-hash.node' },
  ],
  ['an addon for the ABI of Node.js', { 'app/a.node': 'abi137.node' }],
  [
    'a program that finds the newer libc that it needs',
    { [app]: 'glibc-99-runpath', 'opt/app/lib/libc.so.6': 'tomorrow/libc.so.6' },
  ],
];

/** What does not, on glibc: what is placed, and the rule and the path of each finding. */
const wrong: readonly (readonly [string, Placed, readonly string[]])[] = [
  ['a program without its library', { [app]: 'plain' }, [`needed /${app}`]],
  [
    'a program whose library lies where nobody looks',
    { [app]: 'plain', [lib]: 'liba.so.1' },
    [`needed /${app}`],
  ],
  [
    'a program whose DT_RUNPATH is wrong',
    { [app]: 'runpath', 'opt/lib/liba.so.1': 'liba.so.1' },
    [`needed /${app}`],
  ],
  [
    'a library that the program’s DT_RUNPATH does not help',
    { [app]: 'outer-runpath', [lib]: 'liba.so.1', 'opt/app/lib/libouter.so.1': 'libouter.so.1' },
    ['needed /opt/app/lib/libouter.so.1'],
  ],
  ['a program without its loader', { [app]: 'no-loader' }, [`interpreter /${app}`]],
  ['a program for a newer libc', { [app]: 'glibc-99' }, [`libc-version /${app}`]],
  ['a library for a newer libc', { [lib]: 'glibc-99.so' }, [`libc-version /${lib}`]],
  ['an addon for a newer libc', { 'app/a.node': 'glibc-99.so' }, ['libc-version /app/a.node']],
  ['a program for a newer libstdc++', { [app]: 'glibcxx-99' }, [`libc-version /${app}`]],
  ['a program for musl', { [app]: 'musl-program' }, [`libc-kind /${app}`]],
  ['a library for musl', { [lib]: 'musl.so' }, [`libc-kind /${lib}`]],
  ['an addon for musl', { 'app/a.node': 'musl.so' }, ['libc-kind /app/a.node']],
  [
    'addons for another ABI of Node.js',
    { 'app/a.node': 'abi127.node', 'app/b.node': 'abi127-old-hash.node' },
    ['node-abi /app/a.node', 'node-abi /app/b.node'],
  ],
  ['a program that is cut short', { [app]: 'cut' }, [`readable /${app}`]],
];

const canEnter = await requireTools('chroot', 'ldconfig');

describe.skipIf(!hasCompilers).each(platforms)('an image for linux/$architecture', (platform) => {
  const { architecture } = platform;
  const { triplet, loader, muslLoader } = toolchains[architecture];
  const other = architecture === 'amd64' ? 'arm64' : 'amd64';
  const machines = [...Object.keys(otherMachines), other];
  const folder = temporaryFolder();
  const cache = keepingCache();
  const ctx = createContext();
  let corpus: Corpus;
  let debian: readonly TarEntry[];
  let glibc: Layer;
  let musl: Layer;

  beforeAll(async () => {
    const compiled = await compileCorpus(join(folder, architecture), architecture);
    const pie = compiled.get('pie') ?? new Uint8Array();
    corpus = new Map([...compiled, ['cut', pie.subarray(0, pie.byteLength / 2)]]);
    const libraries = [...(await systemLibraries(architecture))];
    const at = `usr/lib/${triplet}`;
    debian = [
      symlink('lib', 'usr/lib'),
      symlink('lib64', 'usr/lib64'),
      ...libraries.map(([name, bytes]) => file(`${at}/${name}`, bytes, 0o755)),
      symlink(`usr${loader}`, `/${at}/${loader.slice(loader.lastIndexOf('/') + 1)}`),
      file('usr/local/bin/node', corpus.get('node') ?? '', 0o755),
    ];
    glibc = await layerOf(...debian);
    musl = await layerOf(file(muslLoader.slice(1), corpus.get('musl/libc') ?? '', 0o755));
  }, 120_000);

  async function findings(base: Layer, entries: readonly TarEntry[], execution: ExecutionConfig = {}) {
    const layers = [base, await layerOf(...entries)];
    const parts = layers.map((layer) => ({ layer, createdBy: 'test' }));
    const image = await createImage({ platform, parts, execution, created: '1970-01-01T00:00:00Z' });
    const report = await checkImage(image, platform, cache, ctx);
    return report.findings.filter(({ rule }) => elfRules.has(rule));
  }
  const placed = (files: Placed) =>
    Object.entries(files).map(([path, name]) => file(path, corpus.get(name) ?? '', 0o755));
  const told = async (files: Placed, base = glibc) =>
    (await findings(base, placed(files))).map(({ rule, path }) => `${rule} ${path}`);

  it.each(right)('has %s, and nothing is found', async (_, files) => {
    expect(await findings(glibc, placed(files))).toEqual([]);
  });

  it.each(wrong)('has %s, and it is found', async (_, files, expected) => {
    expect(await told(files)).toEqual(expected);
  });

  it.each(machines)('has programs, libraries and addons for %s, and they are found', async (machine) => {
    const names = ['addon.node', 'library.so', 'object.o', 'pie', 'static'];
    const files = Object.fromEntries(names.map((name) => [`opt/${name}`, `${machine}/${name}`]));
    const found = await findings(glibc, placed(files));
    // An object file is what programs are made of, and none itself.
    expect(found).toEqual(
      names
        .filter((name) => name !== 'object.o')
        .map((name) => ({
          rule: 'machine',
          level: 'error',
          path: `/opt/${name}`,
          message: `is for ${machine}, the image is for ${architecture}`,
        })),
    );
  });

  it('has musl, where what is made for it fits, and what is made for none', async () => {
    const files = { a: 'musl-program', 'b.so': 'musl.so', c: 'static', d: 'static-pie' };
    const name = `libc.musl-${muslLoader.slice('/lib/ld-musl-'.length)}`;
    const entries = [...placed(files), symlink(`lib/${name}`, muslLoader)];
    expect(await findings(musl, entries)).toEqual([]);
  });

  it('has musl, where what is made for glibc is found', async () => {
    const files = { a: 'pie', b: 'no-pie', 'c.so': 'glibc-99.so', d: 'c++' };
    expect(await told(files, musl)).toEqual(['a', 'b', 'c.so', 'd'].map((path) => `libc-kind /${path}`));
  });

  it.skipIf(!hasMusl || hostPlatform()?.architecture !== architecture)(
    'has what musl’s own compiler makes: only what is static fits on glibc',
    async () => {
      writeFileSync(join(folder, 'a.c'), '#include <stdio.h>\nint main(void) { return puts("ahoy") < 0; }\n');
      const make = (name: string, ...args: readonly string[]) => {
        execFileSync('musl-gcc', [...args, '-o', name, 'a.c'], { cwd: folder });
        return file(name, readFileSync(join(folder, name)), 0o755);
      };
      const entries = [
        make('a-program'),
        make('b-static', '-static'),
        make('c-library.so', '-shared', '-fPIC'),
      ];
      const found = await findings(glibc, entries);
      expect(found.map(({ rule, path }) => `${rule} ${path}`)).toEqual([
        'libc-kind /a-program',
        'libc-kind /c-library.so',
      ]);
      expect(await findings(musl, entries)).toEqual([]);
    },
  );

  it.skipIf(hostPlatform()?.architecture !== architecture).each([
    ['node-api.node', true],
    ['abi137.node', process.versions.modules === '137'],
    ['abi127.node', process.versions.modules === '127'],
  ])('has an addon that this Node.js takes or refuses as the check does: %s', (name, loads) => {
    const script = 'process.dlopen({ exports: {} }, process.argv[1])';
    const path = join(folder, architecture, name);
    const { status } = spawnSync(process.execPath, ['-e', script, path], { stdio: 'ignore' });
    expect(status === 0).toBe(loads);
  });

  describe.skipIf(!canEnter || hostPlatform()?.architecture !== architecture)(
    'and this machine’s loader',
    () => {
      /** What becomes of the program when it is started in such a root file system. */
      function start(name: string, entries: readonly TarEntry[], prepare?: (root: string) => void, env = {}) {
        const root = join(folder, name);
        writeEntries(root, [...debian, ...entries]);
        prepare?.(root);
        // Through the loader, since it asks /proc, which is not there, for the `$ORIGIN` of what the kernel starts.
        const PATH = `${process.env.PATH}:/usr/sbin:/sbin`;
        const options = { encoding: 'utf8', env: { PATH, ...env } } as const;
        const { status, stderr, error } = spawnSync('chroot', [root, loader, `/${app}`], options);
        if (error) throw error;
        // As the corpus's programs end.
        return { starts: status === 0 || status === 7, stderr };
      }

      it.each(
        [...right, ...wrong.filter(([, , [first]]) => /^(?:needed|libc-version) /.test(first ?? ''))]
          // Tomorrow's libc has nothing that today's programs begin with.
          .filter(([, files]) => ![undefined, 'static', 'glibc-99-runpath'].includes(files[app]))
          .map(([title, files]) => [title, files] as const),
      )('agree on %s', async (title, files) => {
        const isGood = (await told(files)).length === 0;
        const { starts, stderr } = start(title.replaceAll(' ', '-'), placed(files));
        expect({ starts, stderr }).toEqual({ starts: isGood, stderr: expect.any(String) });
      });

      const astray = { [app]: 'plain', [lib]: 'liba.so.1' };

      it('agree on LD_LIBRARY_PATH', async () => {
        const env = { LD_LIBRARY_PATH: '/nowhere:/opt/app/lib' };
        expect(start('environment', placed(astray), undefined, env).starts).toBe(true);
        const execution = { Env: [`LD_LIBRARY_PATH=${env.LD_LIBRARY_PATH}`] };
        expect(await findings(glibc, placed(astray), execution)).toEqual([]);
      });

      it('agree on what ldconfig is told, before it is run and after', async () => {
        const configured = [
          ...placed(astray),
          file('etc/ld.so.conf', 'include /etc/ld.so.conf.d/*.conf\n'),
          file('etc/ld.so.conf.d/app.conf', '/opt/app/lib\n'),
        ];
        expect(start('configured', configured).starts).toBe(false);
        expect(await findings(glibc, configured)).toMatchObject([
          {
            rule: 'needed',
            level: 'warning',
            message: expect.stringContaining('after ldconfig has been run'),
          },
        ]);
        const ldconfig = (root: string) => execFileSync('/sbin/ldconfig', ['-r', root]);
        expect(start('cached', configured, ldconfig).starts).toBe(true);
        const cached = readFileSync(join(folder, 'cached', 'etc/ld.so.cache'));
        expect(await findings(glibc, [...configured, file('etc/ld.so.cache', cached)])).toEqual([]);
      });
    },
  );

  it('has all of these, and each is found where it is', async () => {
    const separate = wrong.map(([, files, expected], at) => {
      const move = (path: string) => path.replace(/^/, `image${at}/`);
      const moved = Object.entries(files).map(([path, name]) => [move(path), name] as const);
      return { moved, expected: expected.map((line) => line.replace(/ \//, ` /image${at}/`)) };
    });
    const files = Object.fromEntries(separate.flatMap(({ moved }) => moved));
    const expected = separate.flatMap(({ expected: lines }) => lines);
    expect((await told(files)).sort()).toEqual(expected.sort());
  });
});

/** Writes files and links as an image would have them. */
function writeEntries(root: string, entries: readonly TarEntry[]): void {
  for (const entry of entries) {
    const path = join(root, entry.path);
    mkdirSync(join(path, '..'), { recursive: true });
    if (entry.type === 'symlink') symlinkSync(entry.target, path);
    else if (entry.type === 'file') writeFileSync(path, entry.content, { mode: entry.mode });
  }
}

/** Keeps scans for as long as the tests run: the base is the same in all of them. */
function keepingCache(): CheckCache {
  const scans = new Map<string, LayerScan>();
  const reports = new Map<string, KeptReport>();
  return {
    getScan: async (key) => scans.get(key),
    putScan: async (key, scan) => void scans.set(key, scan),
    getReport: async (key) => reports.get(JSON.stringify(key)),
    putReport: async (key, report) => void reports.set(JSON.stringify(key), report),
  };
}
