import type { Architecture } from '@catamaran/oci';

/** e_ident and the fields up to e_machine. https://refspecs.linuxfoundation.org/elf/gabi4+/ch4.eheader.html */
const magic = Uint8Array.of(0x7f, 0x45, 0x4c, 0x46);
const class64 = 2;
const littleEndian = 1;
const machines: Readonly<Record<number, Architecture>> = { 62: 'amd64', 183: 'arm64' };

/** The architecture that an ELF file's first 20 bytes name; undefined for others and for what is no ELF file. */
export function elfMachine(header: Uint8Array): Architecture | undefined {
  if (header.byteLength < 20 || !magic.every((byte, index) => header[index] === byte)) return undefined;
  if (header[4] !== class64 || header[5] !== littleEndian) return undefined;
  return machines[new DataView(header.buffer, header.byteOffset).getUint16(18, true)];
}
