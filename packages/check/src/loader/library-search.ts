import type { ElfFile } from '../elf/elf-file.ts';
import type { CheckedImage } from '../rules/rule.ts';
import { fitsMachine } from './fits-image.ts';
import type { LibcKind } from './libc-kind.ts';
import { type LoaderConfiguration, loaderConfiguration } from './loader-configuration.ts';
import type { LoadedObject, Process } from './process.ts';
import { expand, ownFolders, systemFolders } from './search-folders.ts';

/** A library that a process gets. */
export interface FoundLibrary {
  readonly path: string;
  /** Undefined for one that is there and cannot be read. */
  readonly file: ElfFile | undefined;
}

/** Finds libraries in an image as its loaders do, and remembers what it has found in the system's folders. */
export class LibrarySearch {
  readonly image: CheckedImage;
  readonly #configuration: LoaderConfiguration;
  readonly #system = new Map<string, FoundLibrary | undefined>();
  readonly #systemFolders = new Map<LibcKind | undefined, readonly string[]>();
  /** By the content's own entry: the file under a name that it has in the finished tree. */
  readonly #remaining: ReadonlyMap<ElfFile | undefined, ElfFile>;
  readonly #broken: ReadonlySet<string>;

  constructor(image: CheckedImage) {
    this.image = image;
    this.#configuration = loaderConfiguration(image);
    this.#remaining = new Map(image.elfFiles.map((file) => [image.elf(file.path), file]));
    this.#broken = new Set(image.layers.flatMap(({ scan }) => scan.broken.map(({ path }) => path)));
  }

  /** The file that a path leads to, as `image.elfFiles` has it. */
  fileAt(path: string): ElfFile | undefined {
    return this.#remaining.get(this.image.elf(path));
  }

  find(name: string, object: LoadedObject, process: Process): FoundLibrary | undefined {
    if (name.includes('/')) return this.#firstOf(expand(name, object, process));
    const own = ownFolders(object, process, this.#configuration).map((folder) => `${folder}/${name}`);
    return this.#firstOf(own) ?? this.#inSystem(name, process.libc);
  }

  /** In a folder that /etc/ld.so.conf names, and that the loader does not look into until ldconfig has. */
  configuredPath(name: string): string | undefined {
    const paths = this.#configuration.configured.map((folder) => `${folder}/${name}`);
    return paths.find((path) => this.#usable(path));
  }

  #inSystem(name: string, libc: LibcKind | undefined): FoundLibrary | undefined {
    const key = `${libc} ${name}`;
    if (this.#system.has(key)) return this.#system.get(key);
    const cached = libc === 'musl' ? [] : (this.#configuration.cached.get(name) ?? []);
    const paths = this.#foldersOf(libc).map((folder) => `${folder}/${name}`);
    const found = this.#firstOf([...cached, ...paths]);
    this.#system.set(key, found);
    return found;
  }

  #foldersOf(libc: LibcKind | undefined): readonly string[] {
    const kept = this.#systemFolders.get(libc);
    if (kept) return kept;
    const folders = systemFolders(libc, this.image, this.#configuration);
    this.#systemFolders.set(libc, folders);
    return folders;
  }

  #firstOf(paths: readonly string[]): FoundLibrary | undefined {
    for (const path of paths) {
      const found = this.#usable(path);
      if (found) return found;
    }
    return undefined;
  }

  /** The loader passes over what is for another machine. What is damaged is the rule `readable`'s, once and not again. */
  #usable(path: string): FoundLibrary | undefined {
    const file = this.fileAt(path);
    if (file) return file.type === 'dyn' && fitsMachine(file, this.image) ? { path, file } : undefined;
    const entry = this.image.resolve(path);
    return entry && this.#broken.has(entry.path) ? { path, file: undefined } : undefined;
  }
}
