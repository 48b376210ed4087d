import type { Stage } from '../syntax/instruction.ts';

/** How a message calls a stage. */
export function stageName(stage: Stage, count: number): string {
  if (stage.label !== undefined) return `stage "${stage.label}"`;
  return stage.index === count - 1 ? 'the last stage' : `stage ${stage.index}`;
}
