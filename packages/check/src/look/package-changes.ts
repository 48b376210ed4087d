import type { ImagePackages } from './packages/image-packages.ts';
import type { PackageKind } from './packages/package-file.ts';

export interface PackageChange {
  readonly kind: PackageKind;
  readonly name: string;
  /** Empty for one that is new. npm may have several of one package in an image. */
  readonly before: readonly string[];
  /** Empty for one that is gone. */
  readonly after: readonly string[];
}

const kinds: readonly PackageKind[] = ['debian', 'alpine', 'npm'];

/** Packages of which there are other versions, by kind and name. */
export function packageChanges(before: ImagePackages, after: ImagePackages): readonly PackageChange[] {
  return kinds.flatMap((kind) => {
    const names = new Set([...before[kind].keys(), ...after[kind].keys()]);
    return [...names].sort().flatMap((name): PackageChange[] => {
      const [old = [], now = []] = [before[kind].get(name), after[kind].get(name)];
      return old.join('\n') === now.join('\n') ? [] : [{ kind, name, before: old, after: now }];
    });
  });
}
