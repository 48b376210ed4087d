import { access, readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Paragraph, parseParagraphs } from './control.ts';
import { mirrorUri } from './mirror-uri.ts';

/** One line of apt's sources: a mirror, what is taken from it, and who signs it. */
export interface AptSource {
  /** Without a slash at its end. */
  readonly uri: string;
  readonly suites: readonly string[];
  readonly components: readonly string[];
  /** Paths of keyrings, or armoured keys themselves. */
  readonly signedBy: readonly string[];
  /** Who the signed release must say that it comes from; releases of others are passed over. */
  readonly origin?: string;
}

/**
 * The Debian sources of this machine, as apt has them. Empty where there is no apt.
 * https://manpages.debian.org/bookworm/apt/sources.list.5.en.html
 */
export async function readAptSources(aptFolder = '/etc/apt'): Promise<AptSource[]> {
  const parts = join(aptFolder, 'sources.list.d');
  const names = (await readdir(parts).catch(() => [])).sort();
  const files = [join(aptFolder, 'sources.list'), ...names.map((name) => join(parts, name))];
  const sources: AptSource[] = [];
  for (const path of files) {
    const text = await readFile(path, 'utf8').catch(() => '');
    if (path.endsWith('.sources')) sources.push(...parseParagraphs(text).flatMap(fromParagraph));
    else if (path.endsWith('.list')) sources.push(...text.split('\n').flatMap(fromLine));
  }
  const trusted = await trustedKeyrings(aptFolder);
  const found = await Promise.all(
    sources.map(async (source): Promise<AptSource[]> => {
      const uri = await mirrorUri(source.uri);
      return uri
        ? [{ ...source, uri, signedBy: source.signedBy.length > 0 ? source.signedBy : trusted }]
        : [];
    }),
  );
  return found.flat();
}

function fromParagraph(paragraph: Paragraph): AptSource[] {
  if (!words(paragraph.types).includes('deb') || isNo(paragraph.enabled)) return [];
  const signedBy = paragraph['signed-by'] ?? '';
  return words(paragraph.uris).map((uri) => ({
    uri,
    suites: words(paragraph.suites),
    components: words(paragraph.components),
    // A key may stand in the file itself; there a line of one dot is an empty line.
    signedBy: signedBy.includes('-----BEGIN') ? [signedBy.trim().replace(/^\.$/gm, '')] : words(signedBy),
  }));
}

/** `deb [signed-by=/path] http://mirror/debian bookworm main` */
function fromLine(line: string): AptSource[] {
  const match = /^\s*deb\s+(?:\[(?<options>[^\]]*)\]\s+)?(?<uri>\S+)\s+(?<suite>\S+)\s*(?<rest>[^#]*)/.exec(
    line,
  );
  if (!match?.groups) return [];
  const { options = '', uri = '', suite = '', rest } = match.groups;
  return [
    {
      uri,
      suites: [suite],
      components: words(rest),
      signedBy: words(/signed-by=(\S+)/.exec(options)?.[1]?.replaceAll(',', ' ')),
    },
  ];
}

/** Keyrings that apt trusts for every source that names none, and the archive's own where apt trusts none. */
async function trustedKeyrings(aptFolder: string): Promise<string[]> {
  const folder = join(aptFolder, 'trusted.gpg.d');
  const names = (await readdir(folder).catch(() => [])).filter((name) => /\.(gpg|asc)$/.test(name));
  if (names.length > 0) return names.sort().map((name) => join(folder, name));
  const archive = '/usr/share/keyrings/debian-archive-keyring.gpg';
  return access(archive).then(
    () => [archive],
    () => [],
  );
}

/** As apt reads it (StringToBool). */
function isNo(text: string | undefined): boolean {
  return /^(?:no|false|without|off|disable|0)$/i.test(text ?? '');
}

function words(text: string | undefined): string[] {
  return (text ?? '').split(/\s+/).filter(Boolean);
}
