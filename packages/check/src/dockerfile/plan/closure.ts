/** A start and all that can be reached from it; without recursion, since files may have thousands of stages. */
export function closure(start: number, next: (index: number) => readonly number[]): Set<number> {
  const found = new Set<number>();
  const open = [start];
  for (let index = open.pop(); index !== undefined; index = open.pop()) {
    if (found.has(index)) continue;
    found.add(index);
    open.push(...next(index));
  }
  return found;
}
