import { randomBytes } from 'node:crypto';

/**
 * A bundle's folder is named by the process that made it, so that a later one can tell what was left behind.
 * The container and its control group are named after the folder.
 */
export function newBundleName(): string {
  return `${process.pid}-${randomBytes(6).toString('hex')}`;
}

/** The process that made a bundle, or undefined when the folder's name is not a bundle's. */
export function bundleOwner(folderName: string): number | undefined {
  const pid = /^(\d+)-[0-9a-f]{12}$/.exec(folderName)?.[1];
  return pid === undefined ? undefined : Number(pid);
}

export function containerId(folderName: string): string {
  return `catamaran-${folderName}`;
}
