/** Far more than a layer of any real image has; what has more was made to fill the memory of whoever reads it. */
const mostFolders = 1_000_000;

/**
 * Counts the folders that a layer's paths lead through, in the order in which they come: a few bytes for each path can
 * name thousands. Paths of one folder stand together in every archive that a tool has written.
 */
export class FolderLimit {
  #before = '';
  #folders = 0;

  /** @returns whether there are too many */
  isExceededBy(path: string): boolean {
    let at = 0;
    while (at < path.length && path.charCodeAt(at) === this.#before.charCodeAt(at)) at++;
    for (let slash = path.indexOf('/', at); slash !== -1; slash = path.indexOf('/', slash + 1))
      this.#folders++;
    this.#before = path;
    return this.#folders > mostFolders;
  }
}
