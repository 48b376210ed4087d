/** What an hour of a task costs, in USD, by the size that was asked for. */
export interface UnitPrices {
  readonly vcpuHour: number;
  /** AWS writes "GB" and means GiB: a task of 1024 MiB is billed as 1. */
  readonly gbHour: number;
}

/** List prices of one region, with where and when they were read. */
export interface PriceList {
  readonly region: string;
  readonly currency: 'USD';
  readonly source: string;
  /** The month in which the list was read, as `2026-09`. */
  readonly asOf: string;
  readonly amd64: UnitPrices;
  readonly arm64: UnitPrices;
}

/**
 * Fargate, Linux, On-Demand. The public offer file of AmazonECS for the region gives them under the usage types
 * that end in `Fargate-vCPU-Hours:perCPU`, `Fargate-GB-Hours`, `Fargate-ARM-vCPU-Hours:perCPU` and
 * `Fargate-ARM-GB-Hours`.
 */
export const euWest1: PriceList = {
  region: 'eu-west-1',
  currency: 'USD',
  source: 'AWS public price list (offer file AmazonECS), Fargate for Linux, On-Demand',
  asOf: '2026-09',
  amd64: { vcpuHour: 0.04048, gbHour: 0.004445 },
  arm64: { vcpuHour: 0.03238, gbHour: 0.00356 },
};
