import type { PackageInventory } from './package-inventory.ts';

const lifecycle = ['preinstall', 'install', 'postinstall'] as const;

/**
 * What npm runs when it installs a package, in order, as one line of shell; undefined where it runs nothing.
 * https://docs.npmjs.com/cli/v11/using-npm/scripts#npm-install
 */
export function installScript({ manifest, files }: PackageInventory): string | undefined {
  const scripts = (manifest.scripts ?? {}) as Readonly<Record<string, unknown>>;
  const own = lifecycle.flatMap((name) => (typeof scripts[name] === 'string' && scripts[name]) || []);
  // Without a script of its own for it, npm compiles what can be.
  const compiles = !scripts.install && !scripts.preinstall && manifest.gypfile !== false;
  if (compiles && files.some(({ path }) => path === 'binding.gyp')) {
    return ['node-gyp rebuild', ...own].join(' && ');
  }
  return own.length > 0 ? own.join(' && ') : undefined;
}

/** Whether a package has to be resolved for each target; what is the same on all of them does not. */
export function needsResolution(inventory: PackageInventory, hasInstallScript: boolean): boolean {
  return (
    hasInstallScript ||
    installScript(inventory) !== undefined ||
    inventory.files.some(({ binary }) => binary !== undefined)
  );
}
