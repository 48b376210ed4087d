import { findNode } from '@catamaran/build/native';
import type { ElfFile } from '../elf/elf-file.ts';
import type { CheckedImage } from '../rules/rule.ts';
import type { LibrarySearch } from './library-search.ts';
import type { StartedProcess } from './start-process.ts';

/** The Node.js of an image, as a process that addons are loaded into. */
export interface ImageNode {
  readonly process: StartedProcess;
  /** As in "24.21.0"; undefined when it cannot be told. */
  readonly version: string | undefined;
}

/** The one that PATH finds; else, where that is a script or none, any that is there. */
export function nodeOf(
  image: CheckedImage,
  started: ReadonlyMap<ElfFile, StartedProcess>,
  search: LibrarySearch,
): ImageNode | undefined {
  const found = findNode(image, image.execution);
  const program = found && search.fileAt(found.path);
  const process = (program && started.get(program)) ?? [...started.values()].find(versionOf);
  return process && { process, version: versionOf(process) };
}

/** Distributions move all of Node.js, and with it the version, into a library. */
function versionOf({ loaded }: StartedProcess): string | undefined {
  return loaded.find(({ file }) => file.nodeVersion !== undefined)?.file.nodeVersion;
}
