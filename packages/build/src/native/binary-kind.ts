import { elfMachine } from './elf-machine.ts';
import type { BinaryKind } from './package-inventory.ts';

/**
 * What a file is a program for, by its first bytes: 64 tell everything but the machine of most PE files.
 * Undefined for what is no native code.
 */
export function binaryKind(head: Uint8Array): BinaryKind | undefined {
  const view = new DataView(head.buffer, head.byteOffset, head.byteLength);
  return elfKind(view) ?? machOKind(view) ?? peKind(view);
}

function elfKind(view: DataView): BinaryKind | undefined {
  if (view.byteLength < 20 || view.getUint32(0) !== 0x7f454c46) return undefined;
  const littleEndian = view.getUint8(5) !== 2;
  const number = view.getUint16(18, littleEndian);
  return { format: 'elf', machine: elfMachine(number, view.getUint8(4) === 1 ? 32 : 64, littleEndian) };
}

/** cputype, in <mach/machine.h> of Apple's xnu. */
const machOMachines: Readonly<Record<number, string>> = {
  7: '386',
  16777223: 'amd64',
  12: 'arm',
  16777228: 'arm64',
  33554444: 'arm64_32',
  18: 'ppc',
  16777234: 'ppc64',
};
const machOMachine = (cpuType: number) => machOMachines[cpuType] ?? `machine ${cpuType}`;

/** <mach-o/loader.h> and <mach-o/fat.h>. A universal file begins as a Java class does. */
function machOKind(view: DataView): BinaryKind | undefined {
  if (view.byteLength < 8) return undefined;
  const magic = view.getUint32(0);
  if (magic === 0xcafebabe || magic === 0xcafebabf) {
    // Here a class has its version, 45 or more; nobody ever joined as many architectures.
    const architectures = view.getUint32(4);
    if (architectures === 0 || architectures >= 45) return undefined;
    return {
      format: 'mach-o',
      machine: universalMachines(view, architectures, magic === 0xcafebabf ? 32 : 20),
    };
  }
  const littleEndian = magic === 0xcefaedfe || magic === 0xcffaedfe;
  if (!littleEndian && magic !== 0xfeedface && magic !== 0xfeedfacf) return undefined;
  return { format: 'mach-o', machine: machOMachine(view.getUint32(4, littleEndian)) };
}

/** As many as the first bytes tell of: two, as nearly every universal file has them, or one of larger records. */
function universalMachines(view: DataView, count: number, recordBytes: number): string {
  const starts = Array.from({ length: count }, (_, at) => 8 + at * recordBytes);
  const seen = starts
    .filter((start) => start + 4 <= view.byteLength)
    .map((start) => machOMachine(view.getUint32(start)));
  return [...seen, ...(seen.length < count ? ['others'] : [])].join(' and ');
}

/** https://learn.microsoft.com/windows/win32/debug/pe-format#machine-types */
const peMachines: Readonly<Record<number, string>> = {
  332: '386',
  452: 'arm',
  34404: 'amd64',
  43620: 'arm64',
};
/** Larger than any program for DOS in front of one for Windows, and smaller than any text as a number. */
const maxStubBytes = 0x10000;

/** "MZ" is little to go by: the address of what follows has to be one, too. */
function peKind(view: DataView): BinaryKind | undefined {
  if (view.byteLength < 64 || view.getUint16(0) !== 0x4d5a) return undefined;
  const start = view.getUint32(60, true);
  if (start === 0 || start >= maxStubBytes) return undefined;
  if (start + 6 > view.byteLength) return { format: 'pe', machine: 'unknown' };
  if (view.getUint32(start) !== 0x50450000) return undefined;
  const number = view.getUint16(start + 4, true);
  return { format: 'pe', machine: peMachines[number] ?? `machine ${number}` };
}
