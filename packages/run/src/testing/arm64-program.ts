const baseAddress = 0x400000;
const headersSize = 64 + 56;

/** A static arm64 executable, written by hand, that writes a line and then exits with code 0 or waits for ever. */
export function arm64Program(line: string, then: 'exit' | 'wait'): Uint8Array {
  const text = Buffer.from(`${line}\n`);
  const [write, ppoll, exit] = [64, 73, 93];
  const last = then === 'exit' ? [0, exit] : [0, ppoll];
  const instructions = [
    move(0, 1),
    // Filled in below, when the length of the code is known.
    0,
    move(2, text.byteLength),
    move(8, write),
    supervisorCall,
    ...[0, 1, 2, 3].map((register) => move(register, last[0] ?? 0)),
    move(8, last[1] ?? 0),
    supervisorCall,
  ];
  instructions[1] = addressOf(1, (instructions.length - 1) * 4);
  const code = Buffer.alloc(instructions.length * 4);
  for (const [index, word] of instructions.entries()) code.writeUInt32LE(word >>> 0, index * 4);
  return Buffer.concat([headers(headersSize + code.byteLength + text.byteLength), code, text]);
}

/** SVC #0 */
const supervisorCall = 0xd4000001;

/** MOVZ Xregister, #value */
function move(register: number, value: number): number {
  return 0xd2800000 | (value << 5) | register;
}

/** ADR Xregister, #distance, for a multiple of 4. */
function addressOf(register: number, distance: number): number {
  return 0x10000000 | ((distance >> 2) << 5) | register;
}

/** https://refspecs.linuxfoundation.org/elf/gabi4+/ch4.eheader.html and ch5.pheader.html, 64 bits */
function headers(sizeBytes: number): Buffer {
  const bytes = Buffer.alloc(headersSize);
  bytes.set([0x7f, 0x45, 0x4c, 0x46, 2, 1, 1]);
  bytes.writeUInt16LE(2, 16); // ET_EXEC
  bytes.writeUInt16LE(183, 18); // EM_AARCH64
  bytes.writeUInt32LE(1, 20);
  bytes.writeBigUInt64LE(BigInt(baseAddress + headersSize), 24); // e_entry
  bytes.writeBigUInt64LE(64n, 32); // e_phoff
  bytes.writeUInt16LE(64, 52);
  bytes.writeUInt16LE(56, 54);
  bytes.writeUInt16LE(1, 56); // e_phnum
  bytes.writeUInt32LE(1, 64); // PT_LOAD
  bytes.writeUInt32LE(5, 68); // readable, executable
  bytes.writeBigUInt64LE(BigInt(baseAddress), 80);
  bytes.writeBigUInt64LE(BigInt(baseAddress), 88);
  bytes.writeBigUInt64LE(BigInt(sizeBytes), 96);
  bytes.writeBigUInt64LE(BigInt(sizeBytes), 104);
  bytes.writeBigUInt64LE(0x10000n, 112);
  return bytes;
}
