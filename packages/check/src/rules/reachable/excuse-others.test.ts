import { file, type Platform, parsePlatform, type TarEntry } from '@catamaran/oci';
import { describe, expect, it } from 'vitest';
import { elfBytes } from '../../testing/elf-bytes.ts';
import { foundIn } from '../../testing/found-in.ts';

const arm64 = parsePlatform('linux/arm64');
const musl = { needed: ['libc.musl-x86_64.so.1'] };
const x64 = elfBytes({});
const arm = elfBytes({ machine: 183 });
const machO = Buffer.concat([Buffer.from('cffaedfe0c000001', 'hex'), Buffer.alloc(600)]);
/** Begins as PE files do: "MZ", and 64 bytes on the header, for amd64. */
const pe = Buffer.concat([
  Buffer.from('4d5a', 'hex'),
  Buffer.alloc(58),
  Buffer.from('4000000050450000648600000000', 'hex'),
  Buffer.alloc(600),
]);

const addon = 'app/node_modules/addon';
const manifest = (folder: string, fields: object = {}): TarEntry =>
  file(
    `${folder}/package.json`,
    JSON.stringify({ name: folder.split('node_modules/')[1], version: '1.0.0', ...fields }),
  );
const glibc = [
  file('lib64/ld-linux-x86-64.so.2', elfBytes({}), 0o755),
  file('lib/x86_64-linux-gnu/libc.so.6', elfBytes({})),
];
const in_ = (folder: string, files: Readonly<Record<string, Uint8Array>>): TarEntry[] => [
  manifest(folder),
  ...Object.entries(files).map(([path, content]) => file(`${folder}/${path}`, content)),
];
const found = (entries: readonly TarEntry[], platform?: Platform) =>
  foundIn([entries], platform ? { platform } : {});

describe('what is for other platforms, beside the right one', () => {
  it.each<[string, Readonly<Record<string, Uint8Array>>]>([
    [
      'node-gyp-build',
      {
        'prebuilds/linux-x64/node.napi.node': x64,
        'prebuilds/linux-arm64/node.napi.armv8.node': arm,
        'prebuilds/darwin-x64+arm64/node.napi.node': machO,
        'prebuilds/win32-x64/node.napi.node': pe,
      },
    ],
    [
      'napi-rs, in one package',
      {
        'addon.linux-x64-gnu.node': x64,
        'addon.linux-arm64-gnu.node': arm,
        'addon.darwin-arm64.node': machO,
        'addon.win32-x64-msvc.node': pe,
      },
    ],
    [
      'onnxruntime-node',
      {
        'bin/napi-v3/linux/x64/b.node': x64,
        'bin/napi-v3/linux/x64/libonnx.so.1': x64,
        'bin/napi-v3/linux/arm64/b.node': arm,
        'bin/napi-v3/darwin/arm64/libonnx.1.dylib': machO,
        'bin/napi-v3/win32/x64/onnx.dll': pe,
      },
    ],
    ['vendored programs', { 'vendor/linux/rg': x64, 'vendor/mac/rg': machO, 'vendor/win/rg.exe': pe }],
  ])('is one note for all of it: %s', async (_, files) => {
    const wasted = Object.entries(files).filter(([, bytes]) => bytes !== x64);
    expect(await found(in_(addon, files))).toEqual([
      expect.stringMatching(
        `^note (?:machine|foreign-binary) /${addon} has ${wasted.length} files for other platforms, which nothing loads here$`,
      ),
    ]);
  });

  it('says how many bytes it wastes', async () => {
    const files = { 'prebuilds/linux-x64/a.node': x64, 'prebuilds/linux-arm64/a.node': arm };
    const lines = await found(in_(addon, files));
    expect(lines).toEqual([
      `note machine /${addon} has a file for other platforms, which nothing loads here`,
    ]);
  });

  it('is a note for musl beside glibc', async () => {
    const files = {
      'prebuilds/linux-x64/a.glibc.node': elfBytes({ needed: ['libc.so.6'] }),
      'prebuilds/linux-x64/a.musl.node': elfBytes(musl),
    };
    expect(await found([...glibc, ...in_(addon, files)])).toEqual([
      `note libc-kind /${addon} has a file for other platforms, which nothing loads here`,
    ]);
  });
});

describe('where the right one is missing', () => {
  it.each<[string, Readonly<Record<string, Uint8Array>>, string]>([
    [
      'of node-gyp-build’s',
      { 'prebuilds/linux-arm64/a.node': arm, 'prebuilds/darwin-arm64/a.node': machO },
      'prebuilds/linux-arm64/a.node',
    ],
    ['of napi-rs’', { 'a.linux-arm64-gnu.node': arm }, 'a.linux-arm64-gnu.node'],
    [
      'and the place of the right one has another',
      { 'prebuilds/linux-x64/a.node': arm, 'prebuilds/linux-arm64/a.node': x64 },
      'prebuilds/linux-x64/a.node',
    ],
    [
      'in build/Release, which is taken first',
      { 'build/Release/a.node': arm, 'prebuilds/linux-x64/a.node': x64 },
      'build/Release/a.node',
    ],
    ['from an install on a Mac', { 'build/Release/a.node': machO }, 'build/Release/a.node'],
    ['of a program', { 'bin/tool': machO }, 'bin/tool'],
  ])('it is an error: %s', async (_, files, path) => {
    const lines = await found(in_(addon, files));
    expect(lines.filter((line) => line.startsWith('error'))).toEqual(
      expect.arrayContaining([
        expect.stringMatching(`^error (?:machine|foreign-binary) /${addon}/${path} is `),
      ]),
    );
  });

  it('is an error for the other platform of the same files', async () => {
    const files = { 'prebuilds/linux-x64/a.node': x64, 'prebuilds/darwin-x64/a.node': machO };
    expect(await found(in_(addon, files))).toHaveLength(1);
    const lines = await found(in_(addon, files), arm64);
    expect(lines).toContainEqual(expect.stringMatching('^error machine .*/linux-x64/a.node is for amd64'));
  });

  it('is an error for musl alone on glibc', async () => {
    const lines = await found([
      ...glibc,
      ...in_(addon, { 'prebuilds/linux-x64/a.musl.node': elfBytes(musl) }),
    ]);
    expect(lines).toContainEqual(expect.stringMatching('^error libc-kind '));
  });
});

describe('packages for one platform each', () => {
  const platformPackage = (name: string, fields: object, content: Uint8Array): TarEntry[] => {
    const folder = `app/node_modules/${name}`;
    return [manifest(folder, fields), file(`${folder}/bin/esbuild`, content, 0o755)];
  };
  const own = platformPackage('@esbuild/linux-x64', { os: ['linux'], cpu: ['x64'] }, x64);
  const darwin = platformPackage('@esbuild/darwin-arm64', { os: ['darwin'], cpu: ['arm64'] }, machO);
  const other = platformPackage('@esbuild/linux-arm64', { os: ['linux'], cpu: ['arm64'] }, arm);

  it('are a note each beside the right one', async () => {
    const lines = await found([...own, ...darwin, ...other]);
    expect(lines).toEqual([
      expect.stringMatching('^note foreign-binary /app/node_modules/@esbuild/darwin-arm64 has a file'),
      expect.stringMatching('^note machine /app/node_modules/@esbuild/linux-arm64 has a file'),
    ]);
  });

  it('are errors without the right one', async () => {
    expect(await found([...darwin, ...other])).toEqual([
      expect.stringMatching('^error foreign-binary /app/node_modules/@esbuild/darwin-arm64/bin/esbuild is'),
      expect.stringMatching('^error machine /app/node_modules/@esbuild/linux-arm64/bin/esbuild is'),
    ]);
  });

  it('are a note where only one system ever has such a thing', async () => {
    const folder = 'app/node_modules/fsevents';
    const entries = [manifest(folder, { os: ['darwin'] }), file(`${folder}/fsevents.node`, machO)];
    expect(await found(entries)).toEqual([
      expect.stringMatching(`^note foreign-binary /${folder} has a file`),
    ]);
  });

  it('know glibc’s from musl’s', async () => {
    const gnu = platformPackage(
      'swc-linux-x64-gnu',
      { os: ['linux'], cpu: ['x64'], libc: ['glibc'] },
      elfBytes({ needed: ['libc.so.6'] }),
    );
    const muslOne = platformPackage(
      'swc-linux-x64-musl',
      { os: ['linux'], cpu: ['x64'], libc: ['musl'] },
      elfBytes(musl),
    );
    expect(await found([...glibc, ...gnu, ...muslOne])).toEqual([
      expect.stringMatching('^note libc-kind /app/node_modules/swc-linux-x64-musl has a file'),
    ]);
    expect(await found([...glibc, ...muslOne])).toContainEqual(expect.stringMatching('^error libc-kind '));
  });
});

describe('helpers of other systems', () => {
  it('are a note, alone as they are', async () => {
    const notifier = in_('app/node_modules/node-notifier', {
      'vendor/mac.noindex/terminal-notifier.app/Contents/MacOS/terminal-notifier': machO,
      'vendor/notifu/notifu.exe': pe,
    });
    expect(await found(notifier)).toEqual([
      expect.stringMatching('^note foreign-binary /app/node_modules/node-notifier has 2 files'),
    ]);
  });

  it('are no assemblies of .NET, which run on Linux', async () => {
    const assembly = Buffer.alloc(1024);
    assembly.write('MZ');
    assembly.writeUInt32LE(64, 60);
    assembly.write('PE\0\0', 64);
    assembly.writeUInt16LE(332, 68);
    assembly.writeUInt16LE(0x10b, 88);
    assembly.writeUInt32LE(72, 88 + 96 + 14 * 8 + 4);
    expect(await found([file('app/Service.dll', assembly)])).toEqual([]);
    assembly.writeUInt32LE(0, 88 + 96 + 14 * 8 + 4);
    expect(await found([file('app/Service.dll', assembly)])).toHaveLength(1);
  });
});
