import type { Context, Event } from '@catamaran/oci';

/** What became of the parts of an image in one registry. */
export interface RegistryTally {
  readonly registry: string;
  readonly sentBytes: number;
  readonly blobs: { readonly sent: number; readonly mounted: number; readonly present: number };
  readonly manifests: { readonly sent: number; readonly present: number };
  /** Until the last part was there. */
  readonly durationMs: number;
}

const nothing: Omit<RegistryTally, 'registry'> = {
  sentBytes: 0,
  blobs: { sent: 0, mounted: 0, present: 0 },
  manifests: { sent: 0, present: 0 },
  durationMs: 0,
};

/** Counts, by registry, what the events of a push tell. */
export class PushTally {
  readonly #tallies = new Map<string, RegistryTally>();

  /** In the order in which the registries first had something. */
  get registries(): readonly RegistryTally[] {
    return [...this.#tallies.values()];
  }

  /** The same context, listened to. The time begins now. */
  listening(ctx: Context): Context {
    const startedNs = ctx.clock.monotonicNs();
    return {
      ...ctx,
      emit: (event) => {
        this.#receive(event, Number(ctx.clock.monotonicNs() - startedNs) / 1e6);
        ctx.emit(event);
      },
    };
  }

  #receive(event: Event, durationMs: number): void {
    if (event.type !== 'blob.pushed' && event.type !== 'manifest.pushed') return;
    const { registry } = event;
    const before = this.#tallies.get(registry) ?? { registry, ...nothing };
    const { blobs, manifests } = before;
    const how = event.sentBytes > 0 ? 'sent' : 'present';
    this.#tallies.set(registry, {
      registry,
      sentBytes: before.sentBytes + event.sentBytes,
      blobs: event.type === 'blob.pushed' ? { ...blobs, [event.how]: blobs[event.how] + 1 } : blobs,
      manifests: event.type === 'manifest.pushed' ? { ...manifests, [how]: manifests[how] + 1 } : manifests,
      durationMs: Math.round(durationMs),
    });
  }
}
