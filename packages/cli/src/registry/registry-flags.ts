import type { OutputFlags } from '../commands/project-flags.ts';

/** What all commands have that speak to registries. */
export interface RegistryFlags extends OutputFlags {
  readonly plainHttp?: readonly string[];
  /** Paths. */
  readonly ca?: readonly string[];
}

/** And those that find images in the layout as well. */
export interface LocationFlags extends RegistryFlags {
  readonly layout: string;
}
