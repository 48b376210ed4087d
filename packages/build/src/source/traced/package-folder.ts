/** The folder of the package that a path lies in: below the last node_modules in it. Undefined where it is in none. */
export function packageFolder(path: string): string | undefined {
  return /^(?:.*\/)?node_modules\/(?:@[^/]+\/)?[^/]+(?=\/)/.exec(path)?.[0];
}
