export { type BreakEven, breakEven } from './break-even.ts';
export { judge, type Verdict, type VerdictInput } from './judge.ts';
export type { Limits } from './limits.ts';
export type { GeneratorHealth, MeasuredTarget } from './measured-target.ts';
export { euWest1, type PriceList, type UnitPrices } from './price-list.ts';
export type { Reason, ReasonCode } from './reason.ts';
export { type RequestCounts, requestShares } from './request-shares.ts';
export { thresholds } from './thresholds.ts';
