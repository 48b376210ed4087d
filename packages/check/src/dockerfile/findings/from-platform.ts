import type { DockerfileFinding } from '../dockerfile-report.ts';
import { type LintInput, neededIn } from '../lint-input.ts';
import { stageName } from '../plan/stage-name.ts';
import { expand } from '../syntax/expand.ts';
import type { Stage } from '../syntax/instruction.ts';
import { quoted } from '../syntax/syntax-error.ts';
import { upperFirst } from './emulated.ts';
import { fromWithoutPlatform, fromWithPlatform } from './mend.ts';

/** What is wrong with the `--platform` of a FROM: empty, no platform, without effect, or superfluous. */
export function fromPlatforms(input: LintInput): DockerfileFinding[] {
  return input.dockerfile.stages.flatMap((stage) =>
    stage.platform === undefined ? [] : judge(input, stage),
  );
}

function judge(input: LintInput, stage: Stage): DockerfileFinding[] {
  const { dockerfile, plans } = input;
  const [build] = plans;
  const plan = build?.stages[stage.index];
  const given = stage.platform ?? '';
  if (!build || !plan) return [];
  const rule = 'dockerfile-build-platform';
  const line = stage.from.line;
  const without = fromWithoutPlatform(dockerfile, stage);
  const fix = without && { fix: without };
  if (plan.base.kind !== 'image') {
    const what =
      plan.base.kind === 'scratch' ? 'scratch' : `the stage "${stage.base}", whose platform it has`;
    const message = `--platform=${given} has no effect here: this is FROM ${what}.`;
    return [{ rule, level: 'warning', line, message, ...fix }];
  }
  if (/^\$\{?TARGETPLATFORM\}?$/.test(given)) {
    const message = `--platform=${given} says what is so without it.`;
    return [{ rule, level: 'note', line, message, ...fix }];
  }
  if (plan.platform !== undefined) return constantPlatform(input, stage);
  const { text, unset } = expand(given, (name) => build.globals.get(name)?.value);
  const value = text === '' ? 'is empty' : `is ${quoted(text)}, which is no platform`;
  const cause = unset[0] === undefined ? '' : ` ("${unset[0]}" has no value before the first FROM)`;
  const mend = fromWithPlatform(dockerfile, stage, '$BUILDPLATFORM');
  // With --build-arg it may have a value in the build that is meant.
  const level = unset.some((name) => build.globals.has(name)) ? 'warning' : 'error';
  const message = `--platform=${given} ${value}${cause}: BuildKit refuses it.`;
  return [{ rule, level, line, message, ...(mend && { fix: mend }) }];
}

function constantPlatform(input: LintInput, stage: Stage): DockerfileFinding[] {
  if (input.kinds[stage.index] !== 'constant') return [];
  const uses = neededIn(input, stage.index).filter(({ plan, build }) => plan.platform !== build.target);
  const runs = stage.instructions.some(({ keyword }) => keyword === 'RUN');
  const [use] = uses;
  if (!use || use.plan.isOutput || !runs) return [];
  const name = upperFirst(stageName(stage, input.dockerfile.stages.length));
  const { platform = '' } = use.plan;
  const message =
    `${name} is ${platform} on every builder: emulated where the builder is another, ` +
    `and what it compiles is for ${platform} unless it is told $TARGETARCH.`;
  const fix = fromWithPlatform(input.dockerfile, stage, '$BUILDPLATFORM');
  const line = stage.from.line;
  return [{ rule: 'dockerfile-constant-platform', level: 'warning', line, message, ...(fix && { fix }) }];
}
