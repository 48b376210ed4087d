import type { PackageFacts } from '../../scan/package-facts.ts';
import type { CheckedImage } from '../rule.ts';
import { platformWords } from './variant.ts';

/** The folder of the package that a file belongs to, without slashes around it; "" outside of all packages. */
export function packageFolderOf(path: string): string {
  return /^(?:.*\/)?node_modules\/(?:@[^/]+\/)?[^/]+(?=\/)/.exec(path)?.[0] ?? '';
}

/** The packages that are left in an image, by their folders. */
export function packagesOf({ layers, get }: CheckedImage): ReadonlyMap<string, PackageFacts> {
  const left = layers.flatMap(({ index, scan }) =>
    scan.packages.filter(({ folder }) => get(`${folder}/package.json`)?.layerIndex === index),
  );
  return new Map(left.map((facts) => [facts.folder, facts]));
}

/** What a package is for, in npm's words, and whether that is the image's platform. */
export function isForPlatform(
  facts: PackageFacts,
  { platform }: CheckedImage,
  libc: string | undefined,
): boolean {
  const cpu = platform.architecture === 'amd64' ? 'x64' : platform.architecture;
  return (
    allows(facts.os, platform.os) &&
    allows(facts.cpu, cpu) &&
    (libc === undefined || allows(facts.libc, libc))
  );
}

/** As npm has it: "!win32" is everything else. https://docs.npmjs.com/cli/configuring-npm/package-json#os */
function allows(words: readonly string[] | undefined, word: string): boolean {
  if (!words || words.includes('any')) return true;
  if (words.includes(`!${word}`)) return false;
  return words.includes(word) || words.every((one) => one.startsWith('!'));
}

/**
 * What packages that differ only in their platform have in common, as in "@esbuild/" of "@esbuild/linux-x64".
 * Undefined where the name does not name both a system and a CPU: nobody makes such packages for every platform.
 */
export function familyOf({ name }: PackageFacts): string | undefined {
  // Some are for all CPUs of a system.
  const { os, cpus, stem } = platformWords(name.replace(/[-.]universal\b/, '-x64'));
  return os !== undefined && cpus.length > 0 ? stem : undefined;
}
