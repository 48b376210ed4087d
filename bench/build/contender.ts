import type { Name } from './names.ts';
import type { Step } from './steps.ts';

export interface Timing {
  /** "linux/arm64", or "both". */
  readonly platforms: string;
  readonly seconds: number;
  /** What the time was spent on, where that is known. */
  readonly spent?: string;
}

/** One way to build the image. */
export interface Contender {
  readonly name: Name;
  takesPart(step: Step, round: number): boolean;
  /** Brings about what the step is about. Not measured. */
  prepare(step: Step, round: number): Promise<void>;
  build(step: Step): Promise<readonly Timing[]>;
}
