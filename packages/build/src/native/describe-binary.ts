import type { BinaryKind } from './package-inventory.ts';

const systems: Readonly<Record<BinaryKind['format'], string>> = {
  elf: 'an ELF file',
  'mach-o': 'a macOS binary',
  pe: 'a Windows binary',
};

/** For a message, after "is": "a macOS binary for arm64". */
export function describeBinary({ format, machine }: BinaryKind): string {
  return machine === 'unknown' ? systems[format] : `${systems[format]} for ${machine}`;
}
