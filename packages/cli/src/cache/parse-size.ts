import { cliErrors } from '../errors.ts';

/** In powers of 1000, as disks and networks count, unless the unit says 1024. */
const unitsBytes: Readonly<Record<string, number>> = {
  '': 1,
  b: 1,
  kb: 1e3,
  mb: 1e6,
  gb: 1e9,
  tb: 1e12,
  kib: 2 ** 10,
  mib: 2 ** 20,
  gib: 2 ** 30,
  tib: 2 ** 40,
};

/** "5GB", "1.5 GiB", "800MB", "0" in bytes. @throws CATA_SIZE_INVALID */
export function parseSize(text: string): number {
  const { number = '', unit = '' } =
    /^(?<number>\d+(?:\.\d+)?) ?(?<unit>[a-z]*)$/i.exec(text.trim())?.groups ?? {};
  const unitBytes = Object.hasOwn(unitsBytes, unit.toLowerCase())
    ? unitsBytes[unit.toLowerCase()]
    : undefined;
  if (number === '' || unitBytes === undefined) throw cliErrors.CATA_SIZE_INVALID({ text });
  return Math.round(Number(number) * unitBytes);
}
