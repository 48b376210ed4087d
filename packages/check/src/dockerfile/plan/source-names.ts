import type { Instruction } from '../syntax/instruction.ts';

/** A stage or an image that an instruction takes files from. */
export interface SourceName {
  readonly name: string;
  /** `COPY --from` knows stages by number too; `RUN --mount=from=` does not. */
  readonly isCopy: boolean;
}

export function sourceNames({ keyword, flags }: Instruction): readonly SourceName[] {
  if (keyword === 'COPY') {
    return flags.flatMap(({ name, value }) =>
      name === 'from' && value ? [{ name: value, isCopy: true }] : [],
    );
  }
  if (keyword !== 'RUN') return [];
  return flags
    .filter(({ name }) => name === 'mount')
    .flatMap(({ value }) =>
      value.split(',').flatMap((option) => /^from=(.+)$/.exec(option.trim())?.[1] ?? []),
    )
    .map((name) => ({ name, isCopy: false }));
}
