import { posix } from 'node:path';
import type { ElfFile } from '../elf/elf-file.ts';
import type { CheckedImage } from '../rules/rule.ts';
import { isLoadable } from './fits-image.ts';
import { type ImageNode, nodeOf } from './image-node.ts';
import { LibrarySearch } from './library-search.ts';
import { oncePerImage } from './once-per-image.ts';
import { type LoadProblem, loadInto, type StartedProcess, startProgram } from './start-process.ts';

/** A problem, and whose it is. */
export interface Complaint extends LoadProblem {
  /** Who is not loaded: the object that has the problem, or a program that drags it in where others can load it. */
  readonly file: ElfFile;
  /** Nobody is known to load the object: who does may have the library in memory already. */
  readonly isUncertain: boolean;
}

/** What the loaders would complain about, in all programs and addons of an image. */
export interface ImageLoads {
  readonly search: LibrarySearch;
  /** The Node.js that addons are loaded into. */
  readonly node: ImageNode | undefined;
  complaints(file: ElfFile): readonly Complaint[];
}

/** All that is loaded in an image, once for all rules. */
export const imageLoads = oncePerImage(loadAll);

function loadAll(image: CheckedImage): ImageLoads {
  const search = new LibrarySearch(image);
  const files = image.elfFiles.filter((file) => isLoadable(file, image));
  const programs = files.filter(({ interpreter }) => interpreter !== undefined);
  const started = new Map(programs.map((file) => [file, startProgram(file, search)]));
  const node = nodeOf(image, started, search);
  const addons = files.filter(isAddon).map((file) => loadInto(file, node?.process, search));
  const known = [...started.values(), ...addons];
  const alone = loadByHand(files, filesIn(known), search);
  const byFile = Map.groupBy(
    [...attributed(known, false), ...attributed(alone, true)],
    (complaint) => complaint.file,
  );
  return { search, node, complaints: (file) => byFile.get(file) ?? [] };
}

/** What no program is known to load: first what nobody asks for by its name, then what is left. */
function loadByHand(
  files: readonly ElfFile[],
  reached: ReadonlySet<ElfFile>,
  search: LibrarySearch,
): StartedProcess[] {
  const asked = new Set(files.flatMap(({ needed }) => needed));
  const load = (file: ElfFile) => loadInto(file, undefined, search);
  const left = files.filter((file) => !reached.has(file));
  const first = left.filter(({ path, soname }) => !asked.has(soname ?? posix.basename(path))).map(load);
  const reachedThen = filesIn(first);
  return [...first, ...left.filter((file) => !reachedThen.has(file)).map(load)];
}

function filesIn(processes: readonly StartedProcess[]): ReadonlySet<ElfFile> {
  return new Set(processes.flatMap(({ objects }) => [...objects.keys()]));
}

function isAddon({ path, addon, interpreter }: ElfFile): boolean {
  return interpreter === undefined && (addon !== undefined || path.endsWith('.node'));
}

interface Faced {
  readonly problem: LoadProblem;
  readonly roots: Set<ElfFile>;
}

/** Each problem once: the object's where it has it in every process, else those programs' that have it. */
function* attributed(processes: readonly StartedProcess[], isUncertain: boolean): Iterable<Complaint> {
  const counts = new Map<ElfFile, number>();
  const faced = new Map<string, Faced>();
  for (const { loaded, problems } of processes) {
    for (const { file } of loaded) counts.set(file, (counts.get(file) ?? 0) + 1);
    const root = loaded[0]?.file;
    for (const problem of root ? problems : []) {
      const key = [problem.object.file.path, problem.library, ...problem.versions].join('\n');
      const known = faced.get(key) ?? { problem, roots: new Set() };
      if (root) known.roots.add(root);
      faced.set(key, known);
    }
  }
  for (const { problem, roots } of faced.values()) {
    const { file } = problem.object;
    const isEverywhere = roots.size >= (counts.get(file) ?? 0);
    for (const one of isEverywhere ? [file] : roots) yield { ...problem, file: one, isUncertain };
  }
}
