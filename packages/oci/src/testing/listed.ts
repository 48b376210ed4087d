/** All that comes, in a list: `Array.fromAsync` is not in the language that the compiler is told of. */
export async function listed<T>(items: AsyncIterable<T>): Promise<readonly T[]> {
  const list: T[] = [];
  for await (const item of items) list.push(item);
  return list;
}
