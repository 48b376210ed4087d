import type { ExecutionConfig, ImageTree, PlacedEntry } from '@catamaran/oci';
import { defaultPath } from '../../execution/default-path.ts';

/** A base's Node.js, as its PATH finds it. */
export interface FoundNode {
  /** From the root, without a slash; links in it are not followed. */
  readonly path: string;
  /** The file that it comes to. */
  readonly file: PlacedEntry;
}

export function findNode(tree: ImageTree, execution: ExecutionConfig): FoundNode | undefined {
  for (const folder of searchPath(execution).split(':')) {
    if (!folder.startsWith('/')) continue;
    const path = `${folder}/node`.replace(/\/+/g, '/').slice(1);
    const file = tree.resolve(path);
    if (file?.type === 'file' && (file.mode & 0o111) !== 0) return { path, file };
  }
  return undefined;
}

export function searchPath(execution: ExecutionConfig): string {
  return variableOf(execution, 'PATH') ?? defaultPath;
}

/** The last of a name counts, as it would in a shell. */
export function variableOf({ Env }: ExecutionConfig, name: string): string | undefined {
  return (Env ?? []).findLast((line) => line.startsWith(`${name}=`))?.slice(name.length + 1);
}
