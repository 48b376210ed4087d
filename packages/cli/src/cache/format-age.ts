const steps = [
  [60, 'min'],
  [60, 'h'],
  [24, 'd'],
] as const;

/** "just now", "12 min ago", "3 h ago", "40 d ago". */
export function formatAge(ageMs: number): string {
  let amount = ageMs / 1000;
  let text = 'just now';
  for (const [factor, unit] of steps) {
    amount /= factor;
    if (amount < 1) return text;
    text = `${Math.floor(amount)} ${unit} ago`;
  }
  return text;
}
