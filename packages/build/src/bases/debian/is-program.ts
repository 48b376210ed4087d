/** Told by its first bytes, as the kernel does: an ELF file, or a script that names its interpreter. */
export function isProgram(content: Uint8Array): boolean {
  const head = Buffer.from(content.subarray(0, 4)).toString('latin1');
  return head === '\x7fELF' || head.startsWith('#!');
}
