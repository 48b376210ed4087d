/** https://www.sco.com/developers/gabi/latest/ch4.eheader.html, e_machine; names as in an image's platform. */
const names: Readonly<Record<number, string>> = {
  3: '386',
  8: 'mips',
  20: 'ppc',
  21: 'ppc64',
  22: 's390x',
  40: 'arm',
  62: 'amd64',
  183: 'arm64',
  243: 'riscv64',
  258: 'loong64',
};

export function machineName(machine: number): string {
  return names[machine] ?? `machine ${machine}`;
}
