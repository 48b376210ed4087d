import type { FileNode } from '@catamaran/check/look';
import type { ImageTree } from '@catamaran/oci';
import { cliErrors } from '../errors.ts';

/**
 * The node of a path as people write it: "/app", "app/", "./app". Links on the way are followed.
 * @throws CATA_IMAGE_PATH_MISSING
 */
export function findPath(root: FileNode, tree: ImageTree, path: string): FileNode {
  const parts = path.split('/').filter((part) => part !== '' && part !== '.');
  const found = walk(root, parts) ?? walk(root, tree.resolve(parts.join('/'))?.path.split('/'));
  if (found) return found;
  throw cliErrors.CATA_IMAGE_PATH_MISSING({ path });
}

function walk(root: FileNode, parts: readonly string[] | undefined): FileNode | undefined {
  let node: FileNode | undefined = parts && root;
  for (const part of parts ?? []) {
    const path: string = node?.path ? `${node.path}/${part}` : part;
    node = node?.children.find((child) => child.path === path);
  }
  return node;
}
