import type { Limits } from './limits.ts';
import type { PriceList, UnitPrices } from './price-list.ts';

/** What prices alone say: from which point on arm64 is the cheaper of the two. */
export interface BreakEven {
  readonly region: string;
  readonly amd64UsdPerHour: number;
  readonly arm64UsdPerHour: number;
  /** arm64 ÷ amd64. */
  readonly priceRatio: number;
  /** The share of amd64's requests per second that arm64 must serve at least in order to be cheaper. */
  readonly throughputRatio: number;
  /** (1 ÷ ratio − 1) · 100: CPU time per request may grow by this much. Negative when arm64 is dearer. */
  readonly slowdownPercent: number;
  readonly text: string;
}

/** Compares what a task of this size costs per hour on either architecture. */
export function breakEven(prices: PriceList, limits: Limits): BreakEven {
  const amd64UsdPerHour = usdPerHour(prices.amd64, limits);
  const arm64UsdPerHour = usdPerHour(prices.arm64, limits);
  const ratio = arm64UsdPerHour / amd64UsdPerHour;
  const figures = {
    region: prices.region,
    amd64UsdPerHour,
    arm64UsdPerHour,
    priceRatio: ratio,
    throughputRatio: ratio,
    slowdownPercent: (1 / ratio - 1) * 100,
  };
  return { ...figures, text: `${describeCosts(figures, prices, limits)} ${describeCondition(figures)}` };
}

function usdPerHour(prices: UnitPrices, limits: Limits): number {
  return limits.vcpu * prices.vcpuHour + (limits.memoryMiB / 1024) * prices.gbHour;
}

type Figures = Omit<BreakEven, 'text'>;

function describeCosts(figures: Figures, prices: PriceList, limits: Limits): string {
  const size = `${limits.vcpu} vCPU and ${Number((limits.memoryMiB / 1024).toFixed(3))} GiB`;
  const amd64 = `$${figures.amd64UsdPerHour.toFixed(6)} per hour on amd64`;
  const arm64 = `$${figures.arm64UsdPerHour.toFixed(6)} on arm64`;
  const ratio = `a ratio of ${figures.priceRatio.toFixed(3)}`;
  return `At ${prices.region} list prices (${prices.asOf}) a task of ${size} costs ${amd64} and ${arm64}, ${ratio}.`;
}

/** CPU time stands for throughput only where the CPU is what limits the service; the text says so. */
function describeCondition(figures: Figures): string {
  const share = `${(figures.throughputRatio * 100).toFixed(1)} % of amd64's requests per second`;
  const cpu = `${Math.abs(figures.slowdownPercent).toFixed(1)} %`;
  return figures.priceRatio > 1
    ? `arm64 costs less per request only if it serves more than ${share}; ` +
        `for a service limited by its CPU, if it needs at least ${cpu} less CPU time per request.`
    : `arm64 costs less per request unless it serves fewer than ${share}; ` +
        `for a service limited by its CPU, unless it needs more than ${cpu} more CPU time per request.`;
}
