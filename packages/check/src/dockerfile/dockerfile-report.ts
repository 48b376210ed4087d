import type { RuleId } from '../rules/catalogue.ts';
import type { Finding } from '../rules/finding.ts';

/** How an instruction is carried out: `nothing` runs no program, `not-built` is in a stage that the image does not need. */
export type Verdict = 'native' | 'emulated' | 'nothing' | 'not-built' | 'unknown';

export interface InstructionVerdict {
  /** The target platform, as in `linux/arm64`. */
  readonly platform: string;
  readonly verdict: Verdict;
  /** One sentence. */
  readonly why: string;
}

export interface InstructionReport {
  /** Of the Dockerfile, 1-based; the last line includes heredocs. */
  readonly line: number;
  readonly endLine: number;
  /** In upper case. */
  readonly keyword: string;
  /** In the order of the report's platforms. */
  readonly verdicts: readonly InstructionVerdict[];
}

/**
 * What a stage's platform hangs on: the builder's (`native` everywhere), the target's, a constant in the file,
 * or something that is not known here, as an argument without a value.
 */
export type StageKind = 'native' | 'target' | 'constant' | 'unknown';

export interface StageReport {
  readonly index: number;
  readonly name?: string;
  /** The line of its FROM. */
  readonly line: number;
  /** What it is FROM, as it is written. */
  readonly base: string;
  readonly kind: StageKind;
  /** Its platform for each target where that needs it. */
  readonly platforms: readonly { readonly platform: string; readonly runsAs?: string }[];
  readonly instructions: readonly InstructionReport[];
}

/** How to mend a line: `lines` lines from `line` on become `text`; with 0, `text` is put before `line`. */
export interface Fix {
  readonly line: number;
  readonly lines: number;
  /** One line or several, without a line end after the last. */
  readonly text: string;
}

/** An error makes a wrong image, or none; a warning emulates, or may make a wrong one. */
export interface DockerfileFinding extends Finding {
  readonly rule: RuleId;
  /** 1-based. */
  readonly line: number;
  readonly fix?: Fix;
}

export interface DockerfileSummary {
  readonly platform: string;
  /** Instructions of the stages that this target needs. */
  readonly instructions: number;
  readonly native: number;
  readonly emulated: number;
}

export interface DockerfileReport {
  readonly builder: string;
  readonly stages: readonly StageReport[];
  /** One a target platform. */
  readonly summary: readonly DockerfileSummary[];
  /** In the order of their lines. */
  readonly findings: readonly DockerfileFinding[];
}
