import type { Digest } from '../model/digest.ts';

/**
 * What libraries tell while they work; only the command line prints. A package adds its own rows by
 * declaration merging, so that `oci` need not know who stands above it.
 */
export interface Events {
  /** A part of the work that a person would wait for has begun. `id` is unique while it runs. */
  'step.started': { readonly id: string; readonly title: string };
  /** How far a step is, in words: "12 of 30 MiB". */
  'step.progress': { readonly id: string; readonly detail: string };
  'step.finished': { readonly id: string; readonly detail: string | undefined };
  'step.failed': { readonly id: string };
  /** It was told to stop; the failure, if there was one, was another step's. */
  'step.stopped': { readonly id: string };
  /** Something that a person should know and that stops nothing. */
  /** A request failed in a way that may pass and is sent again, after what the registry asks to wait. */
  'registry.retried': { readonly registry: string; readonly reason: string; readonly waitMs?: number };
  /** What became of a blob that a registry was to have. `sentBytes`: without what was sent in vain. */
  'blob.pushed': {
    readonly registry: string;
    readonly digest: Digest;
    readonly how: 'sent' | 'mounted' | 'present';
    readonly sentBytes: number;
  };
  /** A manifest or an index; `tag` when it was given a name with it. */
  'manifest.pushed': {
    readonly registry: string;
    readonly digest: Digest;
    readonly tag?: string;
    readonly sentBytes: number;
  };
  warning: { readonly message: string };
}

export type Event = { [Type in keyof Events]: { readonly type: Type } & Events[Type] }[keyof Events];
