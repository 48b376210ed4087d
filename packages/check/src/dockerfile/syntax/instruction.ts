export interface Flag {
  readonly name: string;
  readonly value: string;
}

export interface Heredoc {
  readonly name: string;
  readonly content: string;
  /** Its name is quoted: nothing is expanded in it, but by the shell of RUN. */
  readonly isQuoted: boolean;
}

/** One instruction, its lines joined, without comments. */
export interface Instruction {
  /** In upper case. */
  readonly keyword: string;
  /** 1-based. */
  readonly line: number;
  /** Its last line, heredocs included. */
  readonly endLine: number;
  readonly flags: readonly Flag[];
  /** What follows the flags. */
  readonly text: string;
  readonly heredocs: readonly Heredoc[];
  /** Of ARG and ENV, in their order; without a value where none is given. */
  readonly variables: readonly Variable[];
  /** What ONBUILD keeps for later. */
  readonly trigger?: Instruction;
}

export interface Variable {
  readonly name: string;
  readonly value?: string;
}

export interface Stage {
  readonly index: number;
  /** In lower case: names of stages are compared so. */
  readonly name?: string;
  /** The name as it is written. */
  readonly label?: string;
  readonly from: Instruction;
  /** What it is FROM, as it is written. */
  readonly base: string;
  /** The value of `--platform`, as it is written. */
  readonly platform?: string;
  /** Those after FROM. */
  readonly instructions: readonly Instruction[];
}

export interface Dockerfile {
  /** ARG before the first FROM. */
  readonly globals: readonly Instruction[];
  readonly stages: readonly Stage[];
  /** As they are written, without line ends. */
  readonly lines: readonly string[];
  /** Which character continues a line: a backslash or a backtick. */
  readonly continuation: string;
}
