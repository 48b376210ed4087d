/** What `catamaran build` told of its steps: "Debian base for linux/arm64 2.8 s, …", the longest first. */
export function stepsTaken(stderr: string): string {
  const lines = [...stderr.matchAll(/^done {2}(.+?) {2}([\d.]+) s/gm)];
  return lines
    .map(([, title = '', seconds = '']) => ({ title, seconds: Number(seconds) }))
    .sort((a, b) => b.seconds - a.seconds)
    .map(({ title, seconds }) => `${title} ${seconds} s`)
    .join(', ');
}
