import { posix } from 'node:path';
import type { CheckedImage } from '../rules/rule.ts';
import { libraryCachePath } from './library-cache.ts';

/** What an image tells its loaders, besides what each file says itself. */
export interface LoaderConfiguration {
  /** LD_LIBRARY_PATH. */
  readonly environment: readonly string[];
  /** /etc/ld.so.cache: paths by the name that a library is asked for by. */
  readonly cached: ReadonlyMap<string, readonly string[]>;
  /** What /etc/ld.so.conf names. The loader itself never reads it. */
  readonly configured: readonly string[];
  /** /etc/ld-musl-x86_64.path, of musl. */
  readonly muslFolders: readonly string[];
}

const defaultMuslFolders = ['/lib', '/usr/local/lib', '/usr/lib'];
const muslNames = { amd64: 'x86_64', arm64: 'aarch64' } as const;

export function loaderConfiguration(image: CheckedImage): LoaderConfiguration {
  const cached = linesOf(image.text(libraryCachePath));
  const musl = image.text(`etc/ld-musl-${muslNames[image.platform.architecture]}.path`);
  return {
    environment: variable(image, 'LD_LIBRARY_PATH').split(/[:;]/).filter(Boolean),
    cached: Map.groupBy(cached, (path) => posix.basename(path)),
    configured: configuredFolders('etc/ld.so.conf', image),
    muslFolders: musl === undefined ? defaultMuslFolders : musl.split(/[:\n]/).filter(Boolean),
  };
}

function variable({ execution }: CheckedImage, name: string): string {
  const line = execution.Env?.findLast((one) => one.startsWith(`${name}=`));
  return line?.slice(name.length + 1) ?? '';
}

function linesOf(text: string | undefined): string[] {
  return (text ?? '')
    .split('\n')
    .map((line) => line.replace(/#.*/, '').trim())
    .filter(Boolean);
}

/** ldconfig(8): folders, and files with more of them. @param depth how deep includes may still go */
function configuredFolders(path: string, image: CheckedImage, depth = 4): string[] {
  if (depth === 0) return [];
  return linesOf(image.text(path)).flatMap((line) => {
    const [, patterns] = /^include\s+(.*)$/.exec(line) ?? [];
    if (patterns === undefined) return line.startsWith('/') ? [line.replace(/\s*=.*/, '')] : [];
    return patterns
      .split(/\s+/)
      .map((pattern) => posix.resolve('/', posix.dirname(path), pattern))
      .flatMap((pattern) => keptTexts(image).filter((text) => posix.matchesGlob(`/${text}`, pattern)))
      .flatMap((text) => configuredFolders(text, image, depth - 1));
  });
}

function keptTexts({ layers }: CheckedImage): string[] {
  return [...new Set(layers.flatMap(({ scan }) => Object.keys(scan.texts)))].sort();
}
