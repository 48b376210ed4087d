import type { ConfigMemory, ParsedConfig } from '@catamaran/build';
import { digestOf } from './build-record.ts';
import { lastBuild } from './repeat-build.ts';

/** What the last build parsed its configuration into, and what this one does. */
export class ParsedConfigs implements ConfigMemory {
  readonly #known = new Map(lastBuild()?.parsed);
  readonly #kept = new Map<string, ParsedConfig>();

  recall(exported: unknown): ParsedConfig | undefined {
    return this.#known.get(digestOf(exported));
  }

  keep(exported: unknown, parsed: ParsedConfig): void {
    this.#kept.set(digestOf(exported), parsed);
  }

  get entries(): readonly (readonly [string, ParsedConfig])[] {
    return [...this.#kept];
  }
}
