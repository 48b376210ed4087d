/** Docker's names. "foreign" is the one that this machine cannot run. */
export type Architecture = 'amd64' | 'arm64';

export const native: Architecture = process.arch === 'arm64' ? 'arm64' : 'amd64';
export const foreign: Architecture = native === 'arm64' ? 'amd64' : 'arm64';

/** Node's and npm's name for it. */
export function cpuOf(architecture: Architecture): 'x64' | 'arm64' {
  return architecture === 'amd64' ? 'x64' : 'arm64';
}
