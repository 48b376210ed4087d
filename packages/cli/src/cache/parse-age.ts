import { cliErrors } from '../errors.ts';

const minuteMs = 60 * 1000;
const unitsMs: Readonly<Record<string, number>> = {
  m: minuteMs,
  h: 60 * minuteMs,
  d: 24 * 60 * minuteMs,
  w: 7 * 24 * 60 * minuteMs,
};

/** "30d", "12h", "90m", "2w" in milliseconds. @throws CATA_AGE_INVALID */
export function parseAge(text: string): number {
  const { number = '', unit = '' } =
    /^(?<number>\d+(?:\.\d+)?) ?(?<unit>[a-z])$/.exec(text.trim())?.groups ?? {};
  const unitMs = unitsMs[unit];
  if (unitMs === undefined) throw cliErrors.CATA_AGE_INVALID({ text });
  return Number(number) * unitMs;
}
