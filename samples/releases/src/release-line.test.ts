import { expect, test } from 'vitest';
import { describeLine, type ScheduledLine, type Status } from './release-line.ts';
import schedule from './schedule.json' with { type: 'json' };

const { lines }: { readonly lines: readonly ScheduledLine[] } = schedule;
const line = (wanted: number) => {
  const found = lines.find(({ line }) => line === wanted);
  if (!found) throw new Error(`There is no line ${wanted}.`);
  return found;
};

test.each<readonly [number, string, Status, number]>([
  [24, '2025-05-05', 'pending', 1091],
  [24, '2025-05-06', 'current', 1090],
  [24, '2025-10-28', 'active LTS', 915],
  [24, '2026-10-20', 'maintenance', 558],
  [24, '2028-04-29', 'maintenance', 1],
  [24, '2028-04-30', 'end of life', 0],
  [24, '2030-01-01', 'end of life', 0],
  [25, '2026-03-31', 'current', 62],
  [25, '2026-04-01', 'maintenance', 61],
])('line %d on %s: %s, %d days left', (wanted, day, status, daysLeft) => {
  for (const time of ['T00:00:00Z', 'T23:59:59Z']) {
    expect(describeLine(line(wanted), Date.parse(day + time))).toMatchObject({ status, daysLeft });
  }
});

test('the schedule has the lines in turn, each with real days in their order', () => {
  expect(lines.map(({ line }) => line)).toEqual([18, 19, 20, 21, 22, 23, 24, 25, 26]);
  for (const { start, lts, maintenance, end } of lines) {
    const days = [start, ...(lts ? [lts] : []), maintenance, end];
    expect(days.map((day) => new Date(day).toISOString().slice(0, 10))).toEqual(days);
    expect([...days].sort()).toEqual(days);
  }
  // Even ones get long-term support.
  expect(lines.filter(({ lts }) => lts).map(({ line }) => line)).toEqual([18, 20, 22, 24, 26]);
});
