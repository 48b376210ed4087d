import { formatPlatform } from '@catamaran/oci';
import type { Target } from '../target/target.ts';
import { pathWords } from './platform-words.ts';

/**
 * What to warn of in `app.native`: names that a target has no package of, misspelled most often. One whose name says
 * that it is another platform's is none of them.
 */
export function unusedSettings(
  settings: Readonly<Record<string, unknown>>,
  names: ReadonlySet<string>,
  target: Target,
): string[] {
  const platform = formatPlatform(target.platform);
  return Object.keys(settings)
    .filter((name) => !names.has(name) && pathWords(name).stem === undefined)
    .map((name) => `app.native names "${name}", and ${platform} has no package of that name.`);
}
