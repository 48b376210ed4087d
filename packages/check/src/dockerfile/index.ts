export type {
  DockerfileFinding,
  DockerfileReport,
  DockerfileSummary,
  Fix,
  InstructionReport,
  InstructionVerdict,
  StageKind,
  StageReport,
  Verdict,
} from './dockerfile-report.ts';
export { type LintOptions, lintDockerfile, longestDockerfileBytes } from './lint-dockerfile.ts';
