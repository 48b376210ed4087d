import { type Clock, systemClock } from './clock.ts';
import type { Event } from './event.ts';

/** Passed last to whatever waits, reads the time or has something to tell. */
export interface Context {
  /** Aborted when the work is to stop; every wait honours it. */
  readonly signal: AbortSignal;
  readonly clock: Clock;
  emit(event: Event): void;
}

/** A context for code that needs no more than the defaults: no abort, the system's clock, nobody listening. */
export function createContext(parts: Partial<Context> = {}): Context {
  return {
    signal: parts.signal ?? new AbortController().signal,
    clock: parts.clock ?? systemClock,
    emit: parts.emit ?? (() => {}),
  };
}
