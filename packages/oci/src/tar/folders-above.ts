/** The folders on the way to a path, the outermost first: "a/b/c" lies in "a" and "a/b". */
export function* foldersAbove(path: string): Iterable<string> {
  for (let slash = path.indexOf('/'); slash !== -1; slash = path.indexOf('/', slash + 1)) {
    yield path.slice(0, slash);
  }
}
