import type { RegistryStore } from '@catamaran/oci';
import type { Environment } from '../process/environment.ts';
import { openRegistries } from './open-registries.ts';
import type { RegistryFlags } from './registry-flags.ts';

/** Registries for a command that may need none: a wrong proxy is then nobody's concern. */
export interface RegistriesWhenNeeded extends AsyncDisposable {
  /** The same each time. @throws what `openRegistries` throws */
  readonly open: () => Promise<RegistryStore>;
}

export function registriesWhenNeeded(flags: RegistryFlags, environment: Environment): RegistriesWhenNeeded {
  let opened: Promise<RegistryStore> | undefined;
  return {
    open: () => {
      opened ??= openRegistries(flags, environment);
      return opened;
    },
    async [Symbol.asyncDispose]() {
      await (await opened?.catch(() => undefined))?.[Symbol.asyncDispose]();
    },
  };
}
