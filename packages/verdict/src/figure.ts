/** "0.1234" as "12.3 %", with as many digits as it takes to read as more than the limit that it exceeds. */
export function percentAbove(share: number, limit: number): string {
  return `${figureAbove(share * 100, limit * 100)} %`;
}

/** A value, rounded, but never so far that it reads as the limit that it exceeds. */
export function figureAbove(value: number, limit: number): string {
  for (let digits = value < 10 ? 2 : 1; digits < 12; digits++) {
    const text = value.toFixed(digits);
    if (Number(text) > limit) return text;
  }
  return String(value);
}
