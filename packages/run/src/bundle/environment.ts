/** What Docker sets when an image has no PATH of its own. */
const defaultPath = '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin';

/** The image's environment with what is added to it; on the same name the addition wins. */
export function environment(
  image: readonly string[],
  added: Readonly<Record<string, string>>,
): ReadonlyMap<string, string> {
  const fromImage = image.map((line): [string, string] => {
    const equals = line.indexOf('=');
    return equals === -1 ? [line, ''] : [line.slice(0, equals), line.slice(equals + 1)];
  });
  return new Map([['PATH', defaultPath], ...fromImage, ...Object.entries(added)]);
}
