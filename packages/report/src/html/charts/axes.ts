import { formatCount } from '../../format/figures.ts';

/** What all charts have in common. Colours are the page's own, so that they follow light, dark and print. */
export const ink = { text: 'var(--muted)', line: 'var(--line)', grid: 'var(--grid)' } as const;

const label = { color: ink.text, fontSize: 12, fontFamily: 'system-ui, sans-serif' } as const;

export const labelStyle = label;

/** Room around the drawing; `right` is for what stands at the end of lines. */
export function grid(right = 16) {
  return { left: 56, right, top: 24, bottom: 30 };
}

/** Minutes and seconds since the first phase began. */
export function timeAxis(totalSeconds: number) {
  return {
    type: 'value',
    min: 0,
    max: totalSeconds,
    interval: timeStep(totalSeconds),
    axisLine: { lineStyle: { color: ink.line } },
    axisTick: { show: false },
    splitLine: { show: false },
    axisLabel: { ...label, formatter: formatClock },
  } as const;
}

export function categoryAxis(names: readonly string[]) {
  return {
    type: 'category',
    data: [...names],
    axisLine: { lineStyle: { color: ink.line } },
    axisTick: { show: false },
    axisLabel: { ...label, interval: 0, width: 420 / Math.max(1, names.length), overflow: 'truncate' },
  } as const;
}

export function valueAxis(format: (value: number) => string, scale: Readonly<Record<string, unknown>> = {}) {
  return {
    type: 'value',
    min: 0,
    splitNumber: 4,
    axisLine: { show: false },
    axisTick: { show: false },
    splitLine: { lineStyle: { color: ink.grid } },
    minorSplitLine: { show: false },
    axisLabel: { ...label, formatter: format },
    ...scale,
  };
}

/** Whole powers of ten around the values, so that charts of the same values share their scale. */
export function logScale(values: readonly number[]) {
  const positive = values.filter((value) => value > 0);
  if (positive.length === 0) return { type: 'log', min: 1, max: 10 };
  const [low, high] = positive.reduce(
    ([a, b], value) => [Math.min(a, value), Math.max(b, value)],
    [Infinity, 0],
  );
  const min = 10 ** Math.floor(Math.log10(low));
  return { type: 'log', min, max: Math.max(min * 10, 10 ** Math.ceil(Math.log10(high))) };
}

/** A power of ten as it is written: 0.1, 1, 10, 1,000. */
export function formatPower(value: number): string {
  return value < 1 ? String(Number(value.toPrecision(1))) : formatCount(value);
}

function timeStep(totalSeconds: number): number {
  const steps = [1, 2, 5, 10, 20, 30, 60, 120, 300, 600, 1200, 1800, 3600];
  return steps.find((step) => totalSeconds / step <= 6) ?? Math.ceil(totalSeconds / 6 / 3600) * 3600;
}

function formatClock(seconds: number): string {
  const rest = Math.round(seconds) % 60;
  return `${Math.floor(Math.round(seconds) / 60)}:${String(rest).padStart(2, '0')}`;
}
