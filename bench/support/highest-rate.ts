/** What was seen at a rate, and whether that is good enough. */
export interface Trial {
  readonly ratePerSecond: number;
  readonly isGood: boolean;
}

const startPerSecond = 100;
const mostPerSecond = 50_000;
/** How near to the truth: the lowest rate that is not good is at most so much above the highest that is. */
const precision = 1.05;
const confirmations = 2;

/**
 * The highest rate that is good: doubled until one is not, halved between the two, and confirmed. One that is not
 * confirmed is taken for too high, and it is looked for again below it.
 * @returns undefined where there is none
 */
export async function highestRate<T extends Trial>(
  attemptOnce: (ratePerSecond: number) => Promise<T>,
): Promise<T | undefined> {
  // Whatever else goes on here only ever makes it worse: the best of three trials is nearest to the truth.
  const attempt = async (ratePerSecond: number) => {
    let trial = await attemptOnce(ratePerSecond);
    for (let n = 2; n <= 3 && !trial.isGood; n += 1) trial = await attemptOnce(ratePerSecond);
    return trial;
  };
  let good: T | undefined;
  let tooHigh = mostPerSecond;
  for (let rate = startPerSecond; rate < tooHigh; rate *= 2) {
    const trial = await attempt(rate);
    if (trial.isGood) good = trial;
    else tooHigh = rate;
  }
  while (good) {
    if (tooHigh / good.ratePerSecond > precision) {
      const trial = await attempt(Math.round((good.ratePerSecond + tooHigh) / 2));
      if (trial.isGood) good = trial;
      else tooHigh = trial.ratePerSecond;
      continue;
    }
    const again = await confirm(good.ratePerSecond, attempt);
    if (again) return again;
    tooHigh = good.ratePerSecond;
    good = tooHigh > startPerSecond / 4 ? await firstGoodBelow(tooHigh, attempt) : undefined;
  }
  return undefined;
}

/** @returns the last of the trials, if all were good */
async function confirm<T extends Trial>(
  ratePerSecond: number,
  attempt: (ratePerSecond: number) => Promise<T>,
): Promise<T | undefined> {
  let trial: T | undefined;
  for (let n = 0; n < confirmations; n += 1) {
    trial = await attempt(ratePerSecond);
    if (!trial.isGood) return undefined;
  }
  return trial;
}

/** In steps of a tenth. */
async function firstGoodBelow<T extends Trial>(
  rate: number,
  attempt: (ratePerSecond: number) => Promise<T>,
): Promise<T | undefined> {
  for (let lower = Math.round(rate * 0.9); lower > startPerSecond / 4; lower = Math.round(lower * 0.9)) {
    const trial = await attempt(lower);
    if (trial.isGood) return trial;
  }
  return undefined;
}
