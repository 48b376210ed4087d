import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import type { Architecture } from '@catamaran/oci';
import { requirePrograms } from '../../../packages/build/testing/require-programs.ts';

const execute = promisify(execFile);

/** What is compiled for one of the platforms that images are for. */
export interface Toolchain {
  readonly triplet: string;
  readonly c: string;
  readonly cpp: string;
  readonly loader: string;
  readonly muslLoader: string;
}

export const toolchains: Readonly<Record<Architecture, Toolchain>> = {
  amd64: toolchain('x86_64', '/lib64/ld-linux-x86-64.so.2'),
  arm64: toolchain('aarch64', '/lib/ld-linux-aarch64.so.1'),
};

function toolchain(machine: string, loader: string): Toolchain {
  const triplet = `${machine}-linux-gnu`;
  const muslLoader = `/lib/ld-musl-${machine}.so.1`;
  return { triplet, c: `${triplet}-gcc`, cpp: `${triplet}-g++`, loader, muslLoader };
}

/** Compilers for machines that no image here is for, by what the check calls the machine. */
export const otherMachines: Readonly<Record<string, readonly string[]>> = {
  arm: ['arm-linux-gnueabihf-gcc'],
  riscv64: ['riscv64-linux-gnu-gcc'],
  '386': ['i686-linux-gnu-gcc'],
  x32: ['x86_64-linux-gnu-gcc', '-mx32'],
};

export const hasCompilers = requirePrograms(
  ...Object.values(toolchains).flatMap(({ c, cpp }) => [c, cpp]),
  ...Object.values(otherMachines).map(([compiler = '']) => compiler),
);

/** A musl of this machine's; what it compiles is for this machine. */
export const hasMusl = requirePrograms('musl-gcc');

/** Runs a compiler in a folder. */
export async function compile(folder: string, command: readonly string[]): Promise<void> {
  const [program = '', ...args] = command;
  await execute(program, args, { cwd: folder, timeout: 60_000 });
}

/** Where a compiler takes a library of its C library's from. */
export async function libraryPath(compiler: string, name: string): Promise<string> {
  return (await execute(compiler, [`-print-file-name=${name}`])).stdout.trim();
}
