import { installScript } from './install-script.ts';
import type { PackageInventory } from './package-inventory.ts';

/** `npm run` in a script: what it stands for is in the same package.json. */
const npmRun = /^npm run(?:-script)? (?:--silent |-s )?([^\s&|;]+)$/;
/** What may stand before a command without being one. */
const prefix = /^(?:npx |(?:npx )?cross-env (?:\w+=\S* )+|(?:\w+=\S* )+)/;

/**
 * The arguments of the command that a package's install script begins with, where that is `command` and everything
 * else in the script is what to do when it fails, as in "prebuild-install -r napi || node-gyp rebuild". Undefined for
 * a script that does anything more: who knows what.
 */
export function installCommand(inventory: PackageInventory, command: string): readonly string[] | undefined {
  const [first = ''] = (installScript(inventory) ?? '').split('||');
  const words = shellWords(expanded(first.trim(), inventory).replace(prefix, ''));
  const isOnly = words?.every((word) => !/[&|;<>$`]/.test(word));
  return words && isOnly && words[0] === command ? words.slice(1) : undefined;
}

function expanded(text: string, { manifest }: PackageInventory): string {
  const name = npmRun.exec(text)?.[1];
  const script = name && (manifest.scripts as Readonly<Record<string, unknown>> | undefined)?.[name];
  return typeof script === 'string' ? (script.split('||')[0] ?? '').trim() : text;
}

const shellWord = /(?:[^\s"']+|"[^"]*"|'[^']*')+/g;

/** Words as a shell splits them, as far as install scripts go; undefined where a quote has no end. */
function shellWords(text: string): string[] | undefined {
  if (text.replace(shellWord, '').trim() !== '') return undefined;
  return (text.match(shellWord) ?? []).map((word) => word.replace(/"([^"]*)"|'([^']*)'/g, '$1$2'));
}
