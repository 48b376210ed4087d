import type { BaseUpdate } from '@catamaran/build';

/** What `catamaran base update --json` prints; null stands for what was not, or is no longer, there. */
export function updateDocument(name: string, { kind, lockPath, platforms, changes }: BaseUpdate) {
  const { image, packages } = changes;
  return {
    name,
    kind,
    lockFile: lockPath ?? null,
    platforms,
    changed: image !== undefined || packages.length > 0,
    image: image ? { ...image, from: image.from ?? null } : null,
    packages: packages.map(({ from, to, ...rest }) => ({ ...rest, from: from ?? null, to: to ?? null })),
  };
}
