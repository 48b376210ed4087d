/** What an installed package says of itself; JSON all through. */
export interface PackageFacts {
  /** Its folder in the image, without a leading slash. */
  readonly folder: string;
  readonly name: string;
  readonly version: string;
  /** As npm has them: "linux", "!win32". Absent where it says nothing. */
  readonly os?: readonly string[];
  readonly cpu?: readonly string[];
  readonly libc?: readonly string[];
}

/** A package of Node's, where package managers put it. Its other package.json files have no name of their own. */
const manifest = /^(?<folder>(?:.*\/)?node_modules\/(?:@[^/]+\/)?[^/@.][^/]*)\/package\.json$/;

export function packageFolder(path: string): string | undefined {
  return manifest.exec(path)?.groups?.folder;
}

/** Undefined where the file is no manifest of a package: some are templates. */
export function packageFacts(folder: string, text: string): PackageFacts | undefined {
  const value = parseObject(text);
  const { name, version } = value;
  if (typeof name !== 'string' || typeof version !== 'string') return undefined;
  return { folder, name, version, ...words('os', value), ...words('cpu', value), ...words('libc', value) };
}

function parseObject(text: string): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
  } catch {
    return {};
  }
}

/** npm takes a single word for a list of one. */
function words(key: 'os' | 'cpu' | 'libc', value: Readonly<Record<string, unknown>>): object {
  const list = [value[key]].flat().filter((word) => typeof word === 'string');
  return list.length > 0 ? { [key]: list } : {};
}
