import type { DockerfileFinding, Fix } from '../dockerfile-report.ts';
import type { LintInput } from '../lint-input.ts';
import type { BuildPlan, StagePlan } from '../plan/build-plan.ts';
import { architectureOf } from '../plan/platform-text.ts';
import { architectureWords } from './architecture-words.ts';
import { fromWithoutPlatform, mended } from './mend.ts';

const rule = 'dockerfile-constant-platform';

/** An image that is labelled with its target's platform, and made of another's files. */
export function wrongImages(input: LintInput): DockerfileFinding[] {
  return input.dockerfile.stages.flatMap((stage) => {
    const outputs = input.plans.flatMap((build) => {
      const plan = build.stages[stage.index];
      return plan?.isOutput && plan.root === stage.index ? [{ build, plan }] : [];
    });
    return [...ofPlatform(input, outputs), ...ofName(input, outputs)];
  });
}

interface Output {
  readonly build: BuildPlan;
  readonly plan: StagePlan;
}

function ofPlatform(input: LintInput, outputs: readonly Output[]): DockerfileFinding[] {
  const wrong = outputs.filter(({ build, plan }) => plan.platform && plan.platform !== build.target);
  const [first] = wrong;
  if (!first) return [];
  const { stage, platform } = first.plan;
  const targets = wrong.map(({ build }) => build.target).join(' and ');
  const why = input.kinds[stage.index] === 'native' ? "the builder's platform" : 'whatever the target is';
  const message = `The image for ${targets} is made of ${platform} files (--platform=${stage.platform}: ${why}), and still says that it is for ${targets}.`;
  const fix = fromWithoutPlatform(input.dockerfile, stage);
  return [{ rule, level: 'error', line: stage.from.line, message, ...(fix && { fix }) }];
}

/** `arm64v8/node`, `amd64/debian`, `node:24-arm64`: names of images of one architecture. */
function ofName(input: LintInput, outputs: readonly Output[]): DockerfileFinding[] {
  const wrong = outputs.flatMap(({ build, plan }) => {
    const found = plan.base.kind === 'image' ? architectureInName(plan.base.name) : undefined;
    return found && found !== architectureOf(build.target) ? [{ build, plan, found }] : [];
  });
  const [first] = wrong;
  if (!first) return [];
  const { stage } = first.plan;
  const targets = wrong.map(({ build }) => build.target).join(' and ');
  const message = `By its name ${stage.base} is an image for ${first.found} only: the image for ${targets} would be made of it.`;
  const fix = withoutArchitecture(input, first.plan);
  return [{ rule, level: 'error', line: stage.from.line, message, ...(fix && { fix }) }];
}

function architectureInName(name: string): string | undefined {
  const [path = ''] = name.split('@');
  const owner = /^(?:docker\.io\/)?(amd64|arm64v8|arm32v7|i386|riscv64|ppc64le|s390x)\//.exec(path)?.[1];
  const tag = /:([\w.-]+)$/.exec(path)?.[1];
  return architectureWords(owner ?? tag ?? '')[0]?.architecture;
}

function withoutArchitecture(input: LintInput, { stage }: StagePlan): Fix | undefined {
  return mended(input.dockerfile, stage.from, (text) =>
    text
      .replace(/(\s)(?:docker\.io\/)?(?:amd64|arm64v8|arm32v7|i386|riscv64|ppc64le|s390x)\//, '$1')
      .replace(/(:[\w.]+)-(?:amd64|arm64|arm64v8|x86_64|aarch64)(?=\s|$)/, '$1'),
  );
}
