/**
 * Orders Debian versions: negative when `a` is older.
 * https://www.debian.org/doc/debian-policy/ch-controlfields.html#version
 */
export function compareVersions(a: string, b: string): number {
  const [left, right] = [split(a), split(b)];
  return (
    left.epoch - right.epoch ||
    comparePart(left.upstream, right.upstream) ||
    comparePart(left.revision, right.revision)
  );
}

function split(version: string): { epoch: number; upstream: string; revision: string } {
  const colon = version.indexOf(':');
  const rest = version.slice(colon + 1);
  const hyphen = rest.lastIndexOf('-');
  return {
    epoch: colon === -1 ? 0 : Number(version.slice(0, colon)),
    upstream: hyphen === -1 ? rest : rest.slice(0, hyphen),
    revision: hyphen === -1 ? '' : rest.slice(hyphen + 1),
  };
}

/** Compares by turns the longest run of non-digits and the longest run of digits. */
function comparePart(a: string, b: string): number {
  let [left, right] = [a, b];
  while (left !== '' || right !== '') {
    const [leftText = '', rightText = ''] = [/^\D*/.exec(left)?.[0], /^\D*/.exec(right)?.[0]];
    const byText = compareText(leftText, rightText);
    if (byText !== 0) return byText;
    left = left.slice(leftText.length);
    right = right.slice(rightText.length);
    const [leftDigits = '', rightDigits = ''] = [/^\d*/.exec(left)?.[0], /^\d*/.exec(right)?.[0]];
    const byNumber = compareNumber(leftDigits, rightDigits);
    if (byNumber !== 0) return byNumber;
    left = left.slice(leftDigits.length);
    right = right.slice(rightDigits.length);
  }
  return 0;
}

/** "~" sorts before everything, even the end; letters before all else. */
function compareText(a: string, b: string): number {
  for (let at = 0; at < Math.max(a.length, b.length); at++) {
    const difference = weight(a[at]) - weight(b[at]);
    if (difference !== 0) return difference;
  }
  return 0;
}

function weight(character: string | undefined): number {
  if (character === undefined) return 0;
  if (character === '~') return -1;
  const code = character.charCodeAt(0);
  return /[A-Za-z]/.test(character) ? code : code + 256;
}

function compareNumber(a: string, b: string): number {
  const [left, right] = [BigInt(a || '0'), BigInt(b || '0')];
  return left < right ? -1 : left > right ? 1 : 0;
}
