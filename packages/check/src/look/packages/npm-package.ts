import type { Package } from './package-file.ts';

/** The package that a package.json in node_modules is of. One without a version is a part of another one, or nobody's. */
export function npmPackage(text: string, path: string): readonly Package[] {
  const manifest = parsed(text);
  const { name = folderName(path), version } = manifest;
  return typeof name === 'string' && typeof version === 'string' ? [{ name, version }] : [];
}

function parsed(text: string): { readonly name?: unknown; readonly version?: unknown } {
  try {
    const value: unknown = JSON.parse(text.replace(/^\uFEFF/, ''));
    return typeof value === 'object' && value !== null ? value : {};
  } catch {
    return {};
  }
}

/** Its place in node_modules, which is its name but for aliases. */
function folderName(path: string): string {
  const start = path.lastIndexOf('node_modules/') + 'node_modules/'.length;
  return path.slice(start, -'/package.json'.length);
}
