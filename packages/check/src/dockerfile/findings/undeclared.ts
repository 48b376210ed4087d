import type { DockerfileFinding } from '../dockerfile-report.ts';
import { type LintInput, neededIn } from '../lint-input.ts';
import { automaticNames } from '../plan/automatic-arguments.ts';
import { scopeAtStart } from '../plan/build-plan.ts';
import { declare } from '../plan/scope.ts';
import { stageName } from '../plan/stage-name.ts';
import type { Instruction, Stage } from '../syntax/instruction.ts';
import { argAfterFrom, lineWith } from './mend.ts';
import { variablesUsed } from './variables-used.ts';

/** Variables that a stage uses and that are empty in it, since ARG does not name them there. */
export function undeclaredVariables(input: LintInput): DockerfileFinding[] {
  return input.dockerfile.stages.flatMap((stage) => {
    const [use] = neededIn(input, stage.index);
    if (!use) return [];
    const { build, plan } = use;
    const scope = scopeAtStart(build, plan);
    const told = new Set<string>();
    // What ONBUILD keeps is carried out together.
    const kept = new Map(scope);
    return stage.instructions.flatMap((instruction) => {
      const used = [...variablesUsed(instruction)].filter(
        (name) => !(instruction.trigger ? kept : scope).has(name) && !told.has(name),
      );
      declare(scope, instruction, build);
      declare(kept, instruction.trigger ?? instruction, build);
      return used.flatMap((name) => {
        told.add(name);
        return judge(input, stage, instruction, name, build.globals.has(name));
      });
    });
  });
}

function judge(
  { dockerfile }: LintInput,
  stage: Stage,
  instruction: Instruction,
  name: string,
  isGlobal: boolean,
): DockerfileFinding[] {
  const line = lineWith(dockerfile, instruction, name);
  const fix = argAfterFrom(stage, name);
  const where = stageName(stage, dockerfile.stages.length);
  if (automaticNames.some((known) => known === name)) {
    const later = stage.instructions.some((other) => other.line > instruction.line && declares(other, name));
    const message = later
      ? `$${name} is empty here: "ARG ${name}" comes only after it.`
      : `$${name} is empty here: ${where} does not say "ARG ${name}".`;
    const level = name.endsWith('VARIANT') ? 'warning' : 'error';
    return [{ rule: 'dockerfile-target-arch', level, line, message, fix }];
  }
  if (!isGlobal) return [];
  const message = `$${name} is empty here, unless the base image sets it: what ARG says before FROM is for FROM lines, and ${where} does not say "ARG ${name}".`;
  return [{ rule: 'dockerfile-arg-scope', level: 'warning', line, message, fix }];
}

function declares({ keyword, variables }: Instruction, name: string): boolean {
  return keyword === 'ARG' && variables.some((variable) => variable.name === name);
}
