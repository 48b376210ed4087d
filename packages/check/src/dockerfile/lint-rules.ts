import type { DockerfileFinding } from './dockerfile-report.ts';
import { architectureNames } from './findings/architecture-names.ts';
import { architecturePackages } from './findings/architecture-packages.ts';
import { architectureUrls } from './findings/architecture-urls.ts';
import { automaticArgumentsDeclared } from './findings/automatic-arguments.ts';
import { circularStages } from './findings/circular.ts';
import { constantTargets } from './findings/constant-targets.ts';
import { emulatedInstructions, missingBuildPlatform } from './findings/emulated.ts';
import { foreignSources } from './findings/foreign-sources.ts';
import { fromArguments } from './findings/from-arguments.ts';
import { fromPlatforms } from './findings/from-platform.ts';
import { nativeOutputs } from './findings/native-outputs.ts';
import { pinnedBases } from './findings/pinned-base.ts';
import { undeclaredVariables } from './findings/undeclared.ts';
import { wrongImages } from './findings/wrong-image.ts';
import type { LintInput } from './lint-input.ts';

/** All that is looked for in a Dockerfile that can be read. */
export const lintRules: readonly ((input: LintInput) => readonly DockerfileFinding[])[] = [
  circularStages,
  wrongImages,
  fromPlatforms,
  fromArguments,
  missingBuildPlatform,
  emulatedInstructions,
  foreignSources,
  nativeOutputs,
  undeclaredVariables,
  automaticArgumentsDeclared,
  constantTargets,
  architectureNames,
  architectureUrls,
  architecturePackages,
  pinnedBases,
];
