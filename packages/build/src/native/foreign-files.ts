import type { Target } from '../target/target.ts';
import type { InventoryFile } from './package-inventory.ts';
import { type PathWords, pathWords } from './platform-words.ts';

interface Candidate extends PathWords {
  readonly file: InventoryFile;
}

/**
 * The native code of a package that is for other platforms, told by what paths say, and nothing else: sorted paths.
 * Of files that differ only in the platform that their path names, those for others are left out when one is for
 * the target. An ELF file that has no such counterpart stays, whatever machine it is for: the check of the finished
 * image refuses it then, where leaving it out would hide that there is none.
 */
export function filesForOthers(files: readonly InventoryFile[], target: Target): string[] {
  const candidates = files
    .filter(({ binary }) => binary)
    .map((file): Candidate => ({ file, ...pathWords(file.path) }));
  const groups = Map.groupBy(candidates, ({ stem }) => stem);
  const others = [...groups].flatMap(([stem, group]) => (stem === undefined ? [] : othersOf(group, target)));
  return others.map(({ file }) => file.path).sort();
}

function othersOf(group: readonly Candidate[], target: Target): Candidate[] {
  const marked = group.some(({ libc }) => libc === 'musl');
  const saysOther = (one: Candidate) => isForOther(one, target, marked);
  const hasOwn = group.some((one) => isElfFor(one.file, target) && !saysOther(one));
  return group.filter((one) => saysOther(one) && (hasOwn || isOfOtherSystem(one)));
}

/** What the path says cannot be the target. @param marked whether files for musl say so, so that the others are for glibc */
function isForOther({ os, cpus, libc }: PathWords, target: Target, marked: boolean): boolean {
  const meant = libc ?? (marked && os === 'linux' ? 'glibc' : undefined);
  return (
    (os !== undefined && os !== target.platform.os) ||
    (cpus.length > 0 && !cpus.includes(target.platform.architecture)) ||
    (meant !== undefined && meant !== target.libc)
  );
}

/** A program for macOS or Windows at a path that says so is not even looked for on Linux. */
function isOfOtherSystem({ file, os }: Candidate): boolean {
  return file.binary?.format !== 'elf' && os !== undefined && os !== 'linux';
}

export function isElfFor({ binary }: InventoryFile, target: Target): boolean {
  return binary?.format === 'elf' && binary.machine === target.platform.architecture;
}

/** All ELF files that are for another machine or system, whether there are others in their place or not. */
export function unusableFiles(files: readonly InventoryFile[], target: Target): string[] {
  return files
    .filter((file) => file.binary?.format === 'elf')
    .filter((file) => !isElfFor(file, target) || (pathWords(file.path).os ?? 'linux') !== 'linux')
    .map(({ path }) => path);
}
