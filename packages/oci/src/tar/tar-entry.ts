/** What Catamaran puts into a layer. Paths have no leading slash and directories no trailing one. */
export type TarEntry = TarFile | TarDirectory | TarLink;

interface TarEntryCommon {
  readonly path: string;
  /** Permission bits, as in 0o644. */
  readonly mode: number;
  /** Default 0. */
  readonly uid?: number;
  readonly gid?: number;
}

export interface TarFile extends TarEntryCommon {
  readonly type: 'file';
  readonly content: Uint8Array;
}

export interface TarDirectory extends TarEntryCommon {
  readonly type: 'directory';
}

export interface TarLink extends TarEntryCommon {
  readonly type: 'symlink' | 'hardlink';
  /** For a symlink the text it holds; for a hard link the path of an earlier entry. */
  readonly target: string;
}

export function file(path: string, content: Uint8Array | string, mode = 0o644): TarFile {
  return {
    type: 'file',
    path,
    mode,
    content: typeof content === 'string' ? new TextEncoder().encode(content) : content,
  };
}

export function directory(path: string, mode = 0o755): TarDirectory {
  return { type: 'directory', path, mode };
}

export function symlink(path: string, target: string): TarLink {
  return { type: 'symlink', path, mode: 0o777, target };
}
