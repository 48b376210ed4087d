import { describe, expect, it } from 'vitest';
import { createContext } from '../context/context.ts';
import type { Event } from '../context/event.ts';
import { collectBytes } from '../layer/byte-stream.ts';
import { digestOf } from '../model/digest.ts';
import { noise } from '../testing/two-platform-index.ts';
import { type Blob, memoryBlob } from './blob.ts';
import { fetchStep, transferStep } from './transfer-step.ts';

function blobOf(sizeBytes: number): Blob {
  const bytes = noise(1, sizeBytes);
  return memoryBlob(
    { mediaType: 'application/octet-stream', digest: digestOf(bytes), size: sizeBytes },
    bytes,
  );
}

/** A context whose clock goes on by 60 ms each time that it is looked at, and what it was told. */
function watching() {
  const events: Event[] = [];
  let nowMs = 0;
  const clock = { now: () => (nowMs += 60), monotonicNs: () => 0n };
  return { events, ctx: createContext({ clock, emit: (event) => void events.push(event) }) };
}

describe('transferStep', () => {
  it('says how far a large blob is, not oftener than it can be read, and how fast it was', async () => {
    const { events, ctx } = watching();
    const blob = blobOf(2_000_000);
    await transferStep('Send', 'to registry', blob, ctx, async (onPosition) => {
      for (let position = 0; position <= 2_000_000; position += 200_000) onPosition(position);
    });
    expect(events[0]).toMatchObject({ title: `Send ${blob.descriptor.digest.slice(7, 19)} to registry` });
    const shown = events.filter((event) => event.type === 'step.progress');
    expect(shown.length).toBeLessThan(7);
    expect(shown[0]).toMatchObject({ detail: '0.2 of 2.0 MB, 1.7 MB/s' });
    expect(events.at(-1)).toMatchObject({ type: 'step.finished', detail: '2.0 MB, 2.8 MB/s' });
  });

  it('makes no step of a small blob', async () => {
    const { events, ctx } = watching();
    await transferStep('Send', 'to registry', blobOf(1000), ctx, async (onPosition) => onPosition(1000));
    expect(events).toEqual([]);
  });
});

describe('fetchStep', () => {
  it('shows what comes from a registry, and not what is at hand', async () => {
    const { events, ctx } = watching();
    const blob = blobOf(1_500_000);
    let kept: Uint8Array = new Uint8Array();
    const keep = async (content: AsyncIterable<Uint8Array>) => {
      kept = await collectBytes(content);
    };
    await fetchStep(blob, ctx, keep);
    expect(events).toEqual([]);
    await fetchStep({ ...blob, origin: { registry: 'example.com', repository: 'team/app' } }, ctx, keep);
    expect(digestOf(kept)).toBe(blob.descriptor.digest);
    expect(events[0]).toMatchObject({
      title: expect.stringMatching(/^Fetch \w{12} from example\.com\/team\/app$/),
    });
  });
});
