import { expand } from '../syntax/expand.ts';
import type { Instruction } from '../syntax/instruction.ts';

export interface Binding {
  /** Undefined for an ARG to which nothing gives a value. */
  readonly value?: string;
  readonly by: 'ARG' | 'ENV' | 'BuildKit';
  /** Where it was said last; 0 for what BuildKit sets. */
  readonly line: number;
}

/** Variables by name, as they are at one place. */
export type Scope = ReadonlyMap<string, Binding>;

export interface GivenValues {
  readonly buildArguments: ReadonlyMap<string, string>;
  /** What an ARG without a default takes its value from. */
  readonly globals: Scope;
}

/** Adds what an ARG or ENV says to a scope. */
export function declare(scope: Map<string, Binding>, instruction: Instruction, given: GivenValues): void {
  const { keyword, line } = instruction;
  if (keyword !== 'ARG' && keyword !== 'ENV') return;
  const before = new Map(instruction.variables.map(({ name }) => [name, scope.get(name)]));
  const valueBefore = (name: string) =>
    (keyword === 'ENV' && before.has(name) ? before.get(name) : scope.get(name))?.value;
  for (const { name, value } of instruction.variables) {
    const own = value === undefined ? undefined : expand(value, valueBefore).text;
    const argument = given.buildArguments.get(name) ?? own ?? given.globals.get(name)?.value;
    const found = keyword === 'ENV' ? own : argument;
    scope.set(name, { by: keyword, line, ...(found !== undefined && { value: found }) });
  }
}

/** What a stage starts with: the variables of the stage that it is FROM, and those that this keeps with ONBUILD. */
export function inherited(
  below: readonly Instruction[],
  scope: Scope | undefined,
  given: GivenValues,
): Map<string, Binding> {
  const start = new Map(scope);
  for (const { trigger } of below) if (trigger) declare(start, trigger, given);
  return start;
}
