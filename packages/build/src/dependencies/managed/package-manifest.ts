import { z } from 'zod';

const names = z.record(z.string(), z.string()).optional().catch(undefined);
/** npm's tools take one string for a list of one. */
const list = z
  .union([z.array(z.string()), z.string().transform((one) => [one])])
  .optional()
  .catch(undefined);

/** The parts of a package.json that say what belongs to a package; what is of another shape counts as absent, as it does for npm. */
const manifestSchema = z.looseObject({
  name: z.string().optional().catch(undefined),
  version: z.string().optional().catch(undefined),
  os: list,
  cpu: list,
  libc: list,
  dependencies: names,
  devDependencies: names,
  optionalDependencies: names,
  peerDependencies: names,
  bundleDependencies: z.union([list, z.boolean()]).optional().catch(undefined),
  bundledDependencies: z.union([list, z.boolean()]).optional().catch(undefined),
  bin: z
    .union([z.string(), z.record(z.string(), z.string())])
    .optional()
    .catch(undefined),
  workspaces: z
    .union([z.array(z.string()), z.looseObject({ packages: z.array(z.string()).optional() })])
    .optional()
    .catch(undefined),
});
export type PackageManifest = z.output<typeof manifestSchema>;

/** What is no JSON, or no object, counts as empty, as it does for Node. */
export function readManifest(text: string): PackageManifest {
  try {
    return parseManifest(JSON.parse(text.replace(/^\uFEFF/, '')));
  } catch {
    return {};
  }
}

/** @param json what is no object counts as empty */
export function parseManifest(json: unknown): PackageManifest {
  const parsed = manifestSchema.safeParse(json);
  return parsed.success ? parsed.data : {};
}

/** What a package needs when it runs, without what it hopes to find. */
export function* productionNeeds(manifest: PackageManifest): Iterable<{ name: string; optional: boolean }> {
  const optional = manifest.optionalDependencies ?? {};
  for (const name of Object.keys(manifest.dependencies ?? {})) {
    if (!(name in optional)) yield { name, optional: false };
  }
  for (const name of Object.keys(optional)) yield { name, optional: true };
  for (const name of Object.keys(manifest.peerDependencies ?? {})) yield { name, optional: true };
}

/** The names of what is installed for it, with the versions it asks for. */
export function productionRanges({
  dependencies,
  optionalDependencies,
}: PackageManifest): readonly (readonly [name: string, range: string])[] {
  return Object.entries({ ...dependencies, ...optionalDependencies });
}
