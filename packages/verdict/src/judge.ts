import { type BreakEven, breakEven } from './break-even.ts';
import { emulation, errors, generatorBound, notPaired, singleTarget } from './find-reasons.ts';
import type { Limits } from './limits.ts';
import type { MeasuredTarget } from './measured-target.ts';
import type { PriceList } from './price-list.ts';
import type { Reason } from './reason.ts';
import { remedies } from './remedies.ts';

export interface VerdictInput {
  readonly targets: readonly MeasuredTarget[];
  readonly prices: PriceList;
  readonly limits: Limits;
  /** Of the machine that the targets ran on: `amd64` or `arm64`. */
  readonly machineArchitecture: string;
}

/** Which architecture to pay for. This version can only say why it cannot be said, and what prices alone say. */
export interface Verdict {
  readonly outcome: 'refused';
  /** At least one, the gravest first. */
  readonly reasons: readonly Reason[];
  /** What would make a comparison possible, one for each kind of reason. */
  readonly remedies: readonly string[];
  readonly prices: BreakEven;
}

export function judge(input: VerdictInput): Verdict {
  const found = [
    ...input.targets.flatMap((target) => emulation(target, input.machineArchitecture)),
    ...input.targets.flatMap(errors),
    ...input.targets.flatMap(generatorBound),
    ...singleTarget(input.targets),
  ];
  const reasons = found.length > 0 ? found : [notPaired];
  return {
    outcome: 'refused',
    reasons,
    remedies: [...new Set(reasons.map((reason) => remedies[reason.code]))],
    prices: breakEven(input.prices, input.limits),
  };
}
