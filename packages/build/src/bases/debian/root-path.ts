/** Debian's /usr merge: what packages ship below /lib lies below /usr/lib. https://wiki.debian.org/UsrMerge */
const merged = /^(bin|sbin|lib|lib64)(?=\/|$)/;

/** Whether it is one of the folders that lie in /usr, and not what is below it. */
export function isMerged(path: string): boolean {
  return merged.test(path) && !path.includes('/');
}

/** Where a path from a package lies in a merged root file system. */
export function mergedPath(path: string): string {
  return path.replace(merged, 'usr/$1');
}

const dropped = [
  // The licence of everything that is shipped stays, and so do links in place of a folder, which lead to one; the
  // rest of the documentation is of no use in a container.
  /^usr\/share\/doc\/(?!(?:[^/]+\/)?copyright$|[^/]+$)/,
  /^usr\/share\/(?:man|info|lintian|locale|bug|doc-base|debconf|menu|linda)(?:\/|$)/,
];

/** True for documentation, man pages and what else only a person at a shell would look at. */
export function isDropped(path: string): boolean {
  return dropped.some((pattern) => pattern.test(path));
}
