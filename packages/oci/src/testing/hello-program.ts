import type { Architecture } from '../model/platform.ts';

const baseAddress = 0x400000;
const headersSize = 64 + 56;
/** Writes so many bytes from behind the code, and exits with 0. */
const codes: Readonly<Record<Architecture, (lengthBytes: number) => Uint8Array>> = {
  amd64: (lengthBytes) =>
    Buffer.from([
      ...[0xb8, 1, 0, 0, 0], // mov eax, 1 (write)
      ...[0xbf, 1, 0, 0, 0], // mov edi, 1
      ...[0x48, 0x8d, 0x35, 16, 0, 0, 0], // lea rsi, [rip+16], which is behind the code
      ...[0xba, lengthBytes, 0, 0, 0], // mov edx, lengthBytes
      ...[0x0f, 0x05], // syscall
      ...[0xb8, 60, 0, 0, 0], // mov eax, 60 (exit)
      ...[0x31, 0xff], // xor edi, edi
      ...[0x0f, 0x05], // syscall
    ]),
  arm64: (lengthBytes) =>
    words(
      0xd2800020, // mov x0, 1
      0x100000e1, // adr x1, .+28, which is behind the code
      0xd2800002 | (lengthBytes << 5), // mov x2, lengthBytes
      0xd2800808, // mov x8, 64 (write)
      0xd4000001, // svc 0
      0xd2800000, // mov x0, 0
      0xd2800ba8, // mov x8, 93 (exit)
      0xd4000001, // svc 0
    ),
};
/** EM_X86_64 and EM_AARCH64. */
const machines: Readonly<Record<Architecture, number>> = { amd64: 62, arm64: 183 };

/**
 * A static executable for Linux that needs nothing else in its image.
 * @param greeting what it writes; less than 256 bytes
 */
export function helloProgram(architecture: Architecture, greeting: string): Uint8Array {
  const text = Buffer.from(greeting);
  const code = codes[architecture](text.byteLength);
  const header = Buffer.alloc(headersSize);
  const sizeBytes = headersSize + code.byteLength + text.byteLength;
  // https://refspecs.linuxfoundation.org/elf/gabi4+/ch4.eheader.html
  header.set([0x7f, 0x45, 0x4c, 0x46, 2, 1, 1]);
  header.writeUInt16LE(2, 16); // ET_EXEC
  header.writeUInt16LE(machines[architecture], 18);
  header.writeUInt32LE(1, 20);
  header.writeBigUInt64LE(BigInt(baseAddress + headersSize), 24); // e_entry
  header.writeBigUInt64LE(64n, 32); // e_phoff
  header.writeUInt16LE(64, 52);
  header.writeUInt16LE(56, 54);
  header.writeUInt16LE(1, 56); // e_phnum
  // https://refspecs.linuxfoundation.org/elf/gabi4+/ch5.pheader.html: one segment, PT_LOAD, to be read and executed
  header.writeUInt32LE(1, 64);
  header.writeUInt32LE(5, 68);
  for (const at of [80, 88]) header.writeBigUInt64LE(BigInt(baseAddress), at);
  for (const at of [96, 104]) header.writeBigUInt64LE(BigInt(sizeBytes), at);
  header.writeBigUInt64LE(0x10000n, 112);
  return Buffer.concat([header, code, text]);
}

function words(...instructions: readonly number[]): Uint8Array {
  const bytes = Buffer.alloc(instructions.length * 4);
  for (const [index, word] of instructions.entries()) bytes.writeUInt32LE(word >>> 0, index * 4);
  return bytes;
}
