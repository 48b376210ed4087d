import { readFile } from 'node:fs/promises';

/**
 * The address to fetch from, or undefined for what cannot be fetched (`cdrom:`, `copy:`, …). Cloud images name
 * a list of mirrors in a file instead of a mirror; its first line is the preferred one.
 * https://manpages.debian.org/bookworm/apt/apt-transport-mirror.1.en.html
 */
export async function mirrorUri(uri: string): Promise<string | undefined> {
  const list = /^mirror\+file:(?:\/\/)?(\/.*)$/.exec(uri)?.[1];
  const text = list === undefined ? uri : await readFile(list, 'utf8').catch(() => '');
  const found = /^\s*(https?:\/\/\S+)/m.exec(text)?.[1];
  return found?.replace(/\/+$/, '');
}
