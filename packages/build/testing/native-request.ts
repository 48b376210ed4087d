import { openCache } from '../src/cache/cache.ts';
import { noInputs } from '../src/inputs/input-log.ts';
import type { NativeRequest, NativeServices } from '../src/native/native-request.ts';
import type { InventoryFile } from '../src/native/package-inventory.ts';
import { targetOf } from './target-of.ts';
import { temporaryFolder } from './temporary-folder.ts';

/** Version 1.0.0 of a package "addon" on linux/arm64, as far as the test does not say otherwise. */
export function nativeRequest(
  parts: Partial<NativeRequest> & {
    readonly manifest?: Readonly<Record<string, unknown>>;
    readonly files?: readonly InventoryFile[];
  },
): NativeRequest {
  const { manifest = {}, files = [], ...rest } = parts;
  return {
    inventory: { name: 'addon', version: '1.0.0', manifest, files },
    location: 'node_modules/addon',
    hasInstallScript: false,
    platformPackages: [],
    target: targetOf('linux/arm64'),
    setting: undefined,
    readFile: async () => undefined,
    ...rest,
  };
}

/** Surroundings with nothing in them. */
export function nativeServices(parts: Partial<NativeServices> = {}): NativeServices {
  const folder = temporaryFolder();
  return {
    cache: openCache(`${folder}/cache`),
    folder,
    root: folder,
    inputs: noInputs,
    npmOptions: async () => ({}),
    scriptEnv: async () => ({}),
    ...parts,
  };
}
