import type { ElfFile } from '../elf/elf-file.ts';
import type { CheckedImage } from '../rules/rule.ts';
import { type LibcKind, libcKind, libcKindsOf } from './libc-kind.ts';

/** What runs on other processors than the one that runs programs: firmware, kernels' filters, graphics. */
const otherProcessors: ReadonlySet<string> = new Set(['bpf', 'cuda', 'amdgpu', 'avr', 'xtensa']);

/** Whether a file is one that the kernel starts or the loader loads; object files and debuggers' are not. */
function isCode({ type, machine }: ElfFile): boolean {
  return (type === 'exec' || type === 'dyn') && !otherProcessors.has(machine);
}

export function fitsMachine(file: ElfFile, { platform }: CheckedImage): boolean {
  return !isCode(file) || file.machine === platform.architecture;
}

/** The C library that a file needs, where the image has another one. */
export function otherLibc(file: ElfFile, image: CheckedImage): LibcKind | undefined {
  const kind = isCode(file) ? libcKind(file) : undefined;
  const present = libcKindsOf(image);
  return kind !== undefined && present.length > 0 && !present.includes(kind) ? kind : undefined;
}

/** Whether a file can be loaded here at all: of one that cannot, nothing else is worth saying. */
export function isLoadable(file: ElfFile, image: CheckedImage): boolean {
  return isCode(file) && fitsMachine(file, image) && otherLibc(file, image) === undefined;
}
