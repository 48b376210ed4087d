export { loadErrors } from './errors.ts';
export type { Generator, GeneratorResponse } from './generator/generator.ts';
export { launchGenerator } from './generator/launch-generator.ts';
export type { LoadPlan, Phase, RequestStep, Scenario } from './plan/load-plan.ts';
export { parseLoadFile } from './plan/parse-load-file.ts';
export type { LoadJob, LoadProgress } from './result/load-job.ts';
export type {
  Distribution,
  GeneratorHealth,
  LoadResult,
  PhaseResult,
  SecondPoint,
} from './result/load-result.ts';
export { constantRate, type Schedule } from './schedule/constant-rate.ts';
export type { Nanoseconds } from './schedule/nanoseconds.ts';
