/** Whatever hangs, over others or at once, on itself. Kahn's way: take away what hangs on nothing that is left. */
export function cycles(sources: readonly (readonly number[])[]): number[] {
  const waiting = sources.map((each) => each.length);
  const users = sources.map((): number[] => []);
  sources.forEach((each, index) => {
    for (const source of each) users[source]?.push(index);
  });
  const free = waiting.flatMap((count, index) => (count === 0 ? [index] : []));
  for (let index = free.pop(); index !== undefined; index = free.pop()) {
    for (const user of users[index] ?? []) {
      waiting[user] = (waiting[user] ?? 0) - 1;
      if (waiting[user] === 0) free.push(user);
    }
  }
  return waiting.flatMap((count, index) => (count > 0 ? [index] : []));
}
