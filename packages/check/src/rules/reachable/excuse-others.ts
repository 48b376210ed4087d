import { libcKindsOf } from '../../loader/libc-kind.ts';
import type { Finding } from '../finding.ts';
import type { CheckedImage } from '../rule.ts';
import { familyOf, isForPlatform, packageFolderOf, packagesOf } from './native-package.ts';
import { isNamedForImage, isOfOtherSystem, type Variant, variantOf } from './variant.ts';
import { wasteNote } from './waste-note.ts';

/** Rules that say that a file is for something else than this image. */
const unfitting = new Set(['machine', 'foreign-binary', 'libc-kind', 'node-abi']);

/** A file of native code, by how Node.js would come to it. */
interface NativeFile {
  /** Without a leading slash. */
  readonly path: string;
  readonly folder: string;
  readonly variant: Variant | undefined;
  readonly findings: readonly Finding[];
  readonly isUnfit: boolean;
}

/**
 * Packages have their native code for many platforms, and Node.js loads one of them: the rest is there for nothing, and
 * wrong for nobody. One note a package takes the place of what was found in such files, when what Node.js takes on the
 * image's platform is there; where it is missing, what was found stays.
 * @param findings of the rules for single files
 */
export function excuseOthers(findings: readonly Finding[], image: CheckedImage): Finding[] {
  const unfit = new Set(findings.filter(({ rule }) => unfitting.has(rule)).map(({ path }) => path));
  if (unfit.size === 0) return [...findings];
  const byPath = Map.groupBy(findings, ({ path = '' }) => path);
  const files = nativePaths(image).map((path): NativeFile => {
    const folder = packageFolderOf(path);
    const below = folder === '' ? path : path.slice(folder.length + 1);
    const found = byPath.get(`/${path}`) ?? [];
    return { path, folder, variant: variantOf(below), findings: found, isUnfit: unfit.has(`/${path}`) };
  });
  const isExcused = excuses(files, image);
  const excused = files.filter((file) => file.isUnfit && isExcused(file));
  const forgotten = new Set(excused.flatMap((file) => file.findings));
  const notes = [...Map.groupBy(excused, nameOfWaste)].map(([folder, wasted]) =>
    wasteNote(folder, wasted, image),
  );
  return [...findings.filter((finding) => !forgotten.has(finding)), ...notes];
}

function nativePaths({ elfFiles, layers, get }: CheckedImage): string[] {
  const foreign = layers.flatMap(({ index, scan }) =>
    scan.foreign.filter(({ path }) => get(path)?.layerIndex === index),
  );
  return [...elfFiles, ...foreign].map(({ path }) => path);
}

/** Outside of packages it is the folder in which the platforms' names are. */
function nameOfWaste({ folder, path, variant }: NativeFile): string {
  if (folder !== '') return folder;
  const at = variant?.set.indexOf('//') ?? -1;
  return at > 0 ? path.slice(0, at) : path.split('/').slice(0, -1).join('/');
}

function excuses(files: readonly NativeFile[], image: CheckedImage): (file: NativeFile) => boolean {
  const libc = onlyLibc(image);
  const packages = packagesOf(image);
  const families = Map.groupBy(packages.values(), familyOf);
  const sets = Map.groupBy(files, ({ folder, variant }) => `${folder}\0${variant?.set}`);
  return ({ path, folder, variant, findings, folder: { length } }) => {
    const facts = packages.get(folder);
    if (facts && !isForPlatform(facts, image, libc)) {
      const family = familyOf(facts);
      // A helper for one system alone, or one of many, of which another is for this platform.
      return (
        family === undefined ||
        (families.get(family) ?? []).some((other) => isForPlatform(other, image, libc))
      );
    }
    const below = length === 0 ? path : path.slice(length + 1);
    if (isOfOtherSystem(below) && !path.endsWith('.node')) return true;
    if (!variant) return false;
    const set = sets.get(`${folder}\0${variant.set}`) ?? [];
    const isNamedRight = isNamedForImage(variant, image, libc);
    // Its name says that it is what would be loaded; of several ABIs of Node.js beside one another, one is.
    if (isNamedRight && !findings.every(({ rule }) => rule === 'node-abi' || rule === 'libc-kind'))
      return false;
    if (set.some((other) => !other.isUnfit)) return true;
    return !isNamedRight && isHelper(set);
  };
}

/** Programs of another system, of which none is a part that Node.js loads, nor of Linux. */
function isHelper(set: readonly NativeFile[]): boolean {
  return set.every(
    ({ path, variant, findings }) =>
      !path.endsWith('.node') &&
      variant?.os !== 'linux' &&
      findings.some(({ rule }) => rule === 'foreign-binary'),
  );
}

/** Where an image has several, or none, any may be meant. */
function onlyLibc(image: CheckedImage): string | undefined {
  const [one, ...others] = libcKindsOf(image);
  return others.length === 0 ? one : undefined;
}
