/** The rules about an ELF file by itself and with what it loads. */
export const elfRules: ReadonlySet<string> = new Set([
  'machine',
  'interpreter',
  'needed',
  'libc-version',
  'libc-kind',
  'node-abi',
  'readable',
]);
