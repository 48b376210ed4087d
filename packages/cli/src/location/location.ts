import type { Reference } from '@catamaran/oci';

/** An image in a registry. */
export interface RegistryLocation {
  readonly kind: 'registry';
  readonly reference: Reference;
  /** As it was given. */
  readonly text: string;
}

/** An image in a folder or a file. */
export interface PathLocation {
  readonly kind: 'oci' | 'oci-archive' | 'docker-archive';
  readonly path: string;
  /** Undefined: the only image that there is, or, when it is written, the name that it had. */
  readonly reference: Reference | undefined;
  readonly text: string;
  /** A name alone, and so the layout that all commands work with. */
  readonly isBare: boolean;
}

/** Where an image is, or is to be put. */
export type Location = RegistryLocation | PathLocation;

export type NamedLocation = Location & { readonly reference: Reference };
