/** e_machine, in https://gabi.xinuos.com/elf/a-emachine.html; names are Go's, as in an image's platform. */
const machines: Readonly<Record<number, string>> = {
  2: 'sparc',
  3: '386',
  8: 'mips',
  20: 'ppc',
  21: 'ppc64',
  22: 's390x',
  40: 'arm',
  43: 'sparc64',
  50: 'ia64',
  62: 'amd64',
  83: 'avr',
  94: 'xtensa',
  183: 'arm64',
  190: 'cuda',
  224: 'amdgpu',
  243: 'riscv64',
  247: 'bpf',
  258: 'loong64',
};

/** Other than what the machine alone would say: by class (32 or 64 bits) and byte order. */
const variants: Readonly<Record<string, string>> = {
  'amd64 32 little': 'x32',
  'mips 32 little': 'mipsle',
  'mips 64 big': 'mips64',
  'mips 64 little': 'mips64le',
  'ppc64 64 little': 'ppc64le',
  's390x 32 big': 's390',
  'arm 32 big': 'armbe',
  'arm64 64 big': 'arm64be',
  'arm64 32 little': 'arm64p32',
  'riscv64 32 little': 'riscv',
};

/** What an ELF file is for, as in "arm64"; "machine 40" where its number has no name here. */
export function elfMachine(number: number, bits: 32 | 64, littleEndian: boolean): string {
  const name = machines[number];
  if (name === undefined) return `machine ${number}`;
  return variants[`${name} ${bits} ${littleEndian ? 'little' : 'big'}`] ?? name;
}
