import { loadProject } from '@catamaran/build';
import { lintDockerfile } from '@catamaran/check/dockerfile';
import {
  type Context,
  type DescribedPlatform,
  formatPlatform,
  platforms as knownPlatforms,
  parseDescribedPlatform,
} from '@catamaran/oci';
import type { CheckFlags } from '../commands/check.ts';
import { parsePlatforms } from '../location/chosen-image.ts';
import type { Environment } from '../process/environment.ts';
import { parseBuildArguments } from './build-arguments.ts';
import { countFindings } from './check-document.ts';
import type { CheckOutcome } from './check-outcome.ts';
import { dockerfileText } from './dockerfile-text.ts';
import { readDockerfileText } from './read-dockerfile.ts';
import { withSilences } from './silences.ts';

/** Judges a Dockerfile for the platforms asked for, or for all, as a builder of one platform would build it. */
export async function checkDockerfile(
  path: string,
  flags: CheckFlags,
  { variables }: Environment,
  ctx: Context,
): Promise<CheckOutcome> {
  const project = flags.project === undefined ? undefined : await loadProject(flags.project);
  const asked = parsePlatforms(flags.platform);
  const platforms = (asked.length > 0 ? asked : knownPlatforms).map(normalised);
  const builder = normalised(
    flags.builderPlatform === undefined ? thisMachine() : parseDescribedPlatform(flags.builderPlatform),
  );
  const buildArguments = parseBuildArguments(flags.buildArg ?? [], variables);
  const subject = path === '-' ? 'standard input' : path;
  const text = await readDockerfileText(path, ctx);
  const found = lintDockerfile(text, {
    path: subject,
    platforms,
    builder,
    buildArguments,
    ...(flags.target !== undefined && { target: flags.target }),
  });
  const [report = found] = project ? withSilences([found], project, ctx, 'dockerfile') : [found];
  return {
    subject,
    parts: [{ findings: report.findings }],
    document: { dockerfile: subject, counts: countFindings(report.findings), ...report },
    text: (style) => dockerfileText(subject, text.split(/\r?\n/), report, style),
  };
}

function normalised(platform: DescribedPlatform): string {
  return formatPlatform(platform).replace(/^linux\/arm64\/v8$/, 'linux/arm64');
}

/** Builders run Linux, also where they are in a virtual machine on something else. */
function thisMachine(): DescribedPlatform {
  return { os: 'linux', architecture: process.arch === 'x64' ? 'amd64' : process.arch };
}
