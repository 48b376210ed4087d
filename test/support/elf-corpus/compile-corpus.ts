import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Architecture } from '@catamaran/oci';
import { sources } from './sources.ts';
import { compile, libraryPath, otherMachines, toolchains } from './toolchains.ts';

/** Compiled files, by the name that they have in the lists below. */
export type Corpus = ReadonlyMap<string, Uint8Array>;

const dynamicLinker = (path: string) => `-Wl,--dynamic-linker=${path}`;
const soname = (name: string) => `-Wl,-soname,${name}`;
const shared = ['-shared', '-fPIC'];
const alone = ['-ffreestanding', '-nostdlib'];
const runpath = ['-Wl,--enable-new-dtags', '-Wl,-rpath,$ORIGIN/../lib'];
const rpath = ['-Wl,--disable-new-dtags', '-Wl,-rpath,$ORIGIN/../lib'];
/** Past what the linker would object to: libraries are missing here on purpose. */
const lenient = '-Wl,--unresolved-symbols=ignore-all';

/** Commands in the order in which they need each other; the name of what each makes comes first. */
function commandsFor(architecture: Architecture): [string, ...string[]][] {
  const { c, cpp, muslLoader } = toolchains[architecture];
  const musl = `libc.musl-${muslLoader.slice('/lib/ld-musl-'.length)}`;
  const tomorrow = (map: string, name: string): string[] => [
    ...[c, ...shared, ...alone, soname(name), `-Wl,--version-script=${map}`, 'tomorrow.c'],
  ];
  return [
    ['liba.so.1', c, ...shared, soname('liba.so.1'), 'library.c'],
    ['libouter.so.1', c, ...shared, soname('libouter.so.1'), 'outer.c', 'liba.so.1'],
    ['libouter-own.so.1', c, ...shared, ...runpath, soname('libouter.so.1'), 'outer.c', 'liba.so.1'],
    ['tomorrow/libc.so.6', ...tomorrow('libc.map', 'libc.so.6')],
    ['tomorrow/libstdc++.so.6', ...tomorrow('libstdc++.map', 'libstdc++.so.6')],
    ['musl/libc', c, ...shared, ...alone, soname(musl), 'freestanding.c'],
    ['static', c, '-static', 'program.c'],
    ['static-pie', c, '-static-pie', 'program.c'],
    ['pie', c, '-fPIE', '-pie', 'program.c'],
    ['no-pie', c, '-no-pie', 'program.c'],
    ['c++', cpp, 'program.cpp'],
    ['old-hash', c, '-Wl,--hash-style=sysv', 'program.c'],
    ['no-loader', c, dynamicLinker('/lib/ld-gone.so.1'), 'program.c'],
    ['plain', c, 'uses-library.c', 'liba.so.1'],
    ['runpath', c, ...runpath, 'uses-library.c', 'liba.so.1'],
    ['outer-runpath', c, ...runpath, lenient, 'uses-outer.c', 'libouter.so.1'],
    ['outer-rpath', c, ...rpath, lenient, 'uses-outer.c', 'libouter.so.1'],
    ['glibc-99', c, lenient, 'uses-tomorrow.c', 'tomorrow/libc.so.6'],
    ['glibc-99-runpath', c, ...runpath, lenient, 'uses-tomorrow.c', 'tomorrow/libc.so.6'],
    ['glibc-99.so', c, ...shared, 'uses-tomorrow.c', 'tomorrow/libc.so.6'],
    ['glibcxx-99', c, 'uses-tomorrow.c', 'tomorrow/libstdc++.so.6'],
    ['musl-program', c, ...alone, '-pie', dynamicLinker(muslLoader), 'freestanding.c', 'musl/libc'],
    ['musl.so', c, ...alone, ...shared, '-Wl,--no-as-needed', 'library.c', 'musl/libc'],
    ['node-api.node', c, ...shared, 'node-api.c'],
    ['node-api-old-hash.node', c, ...shared, '-Wl,--hash-style=sysv', 'node-api.c'],
    ['abi137.node', c, ...shared, '-DABI=137', 'abi.c'],
    ['abi127.node', c, ...shared, '-DABI=127', 'abi.c'],
    ['abi127-old-hash.node', c, ...shared, '-DABI=127', '-Wl,--hash-style=sysv', 'abi.c'],
    ['asks-for-abi.node', c, ...shared, 'asks-for-abi.c'],
    ['asks-for-abi-old-hash.node', c, ...shared, '-Wl,--hash-style=sysv', 'asks-for-abi.c'],
    ['node', c, '-rdynamic', 'node.c'],
    ['with-symbols', c, '-g', 'uses-library.c', 'liba.so.1'],
    ['with-symbols.so', c, ...shared, '-g', 'outer.c', 'liba.so.1'],
  ];
}

/** The same program, library and addon for a machine that the image is not for; without a C library. */
function foreignCommands(architecture: Architecture): [string, ...string[]][] {
  const other = architecture === 'amd64' ? 'arm64' : 'amd64';
  const machines = { ...otherMachines, [other]: [toolchains[other].c] };
  return Object.entries(machines).flatMap(([machine, compiler]): [string, ...string[]][] => {
    const command = [...compiler, ...alone];
    return [
      [`${machine}/static`, ...command, '-static', 'freestanding.c'],
      [`${machine}/pie`, ...command, '-fPIE', '-pie', dynamicLinker('/lib/ld.so.1'), 'freestanding.c'],
      [`${machine}/library.so`, ...command, ...shared, 'freestanding.c'],
      [`${machine}/addon.node`, ...command, ...shared, 'node-api.c'],
      [`${machine}/object.o`, ...command, '-c', 'library.c'],
    ];
  });
}

/** Everything for images of one platform: some seconds of compiling. */
export async function compileCorpus(folder: string, architecture: Architecture): Promise<Corpus> {
  const commands = [...commandsFor(architecture), ...foreignCommands(architecture)];
  mkdirSync(folder, { recursive: true });
  for (const [name, text] of Object.entries(sources)) writeFileSync(join(folder, name), text);
  for (const [name] of commands) mkdirSync(join(folder, name, '..'), { recursive: true });
  // Those that others are linked with come first; the rest may be made side by side.
  const ordered = commands.slice(0, 6);
  for (const [name, ...command] of ordered) await compile(folder, [...command, '-o', name]);
  await sideBySide(commands.slice(6), 2, ([name, ...command]) => compile(folder, [...command, '-o', name]));
  await splitOff(folder, architecture);
  const names = [...commands.map(([name]) => name), 'debug', 'debug.so'];
  return new Map(names.map((name) => [name, readFileSync(join(folder, name))]));
}

/** What debuggers read, of a program and of a library, as distributions have it in packages of its own. */
async function splitOff(folder: string, architecture: Architecture): Promise<void> {
  const objcopy = `${toolchains[architecture].triplet}-objcopy`;
  await compile(folder, [objcopy, '--only-keep-debug', 'with-symbols', 'debug']);
  await compile(folder, [objcopy, '--only-keep-debug', 'with-symbols.so', 'debug.so']);
}

async function sideBySide<T>(
  items: readonly T[],
  width: number,
  work: (item: T) => Promise<void>,
): Promise<void> {
  const rest = [...items];
  const one = async () => {
    for (let item = rest.shift(); item !== undefined; item = rest.shift()) await work(item);
  };
  await Promise.all(Array.from({ length: width }, one));
}

/** The C and C++ libraries that come with a compiler, by name. */
export async function systemLibraries(architecture: Architecture): Promise<ReadonlyMap<string, Uint8Array>> {
  const { c, loader } = toolchains[architecture];
  const names = [
    'libc.so.6',
    'libm.so.6',
    'libgcc_s.so.1',
    'libstdc++.so.6',
    loader.slice(loader.lastIndexOf('/') + 1),
  ];
  const found = names.map(async (name) => [name, readFileSync(await libraryPath(c, name))] as const);
  return new Map(await Promise.all(found));
}
