import type { DockerfileFinding } from '../dockerfile-report.ts';
import { type LintInput, neededIn } from '../lint-input.ts';
import { type BuildPlan, scopeAtStart } from '../plan/build-plan.ts';
import { architectureOf } from '../plan/platform-text.ts';
import { declare, type Scope } from '../plan/scope.ts';
import type { Instruction } from '../syntax/instruction.ts';
import { architectureWords, choosesArchitecture, fromTargetArch } from './architecture-words.ts';
import { lineWith, mendedWithArg } from './mend.ts';
import { scriptOf } from './script-of.ts';

/** Ways to tell a compiler or package manager what to make; the group is what it is told. */
const ways: readonly { readonly pattern: RegExp; readonly what: string; readonly mend?: string }[] = [
  { pattern: /\bGOARCH=["']?([\w-]+)/, what: 'GOARCH', mend: 'GOARCH=$TARGETARCH' },
  { pattern: /--cpu[= ]["']?(\w+)/, what: '--cpu' },
  { pattern: /\bnpm_config_(?:target_)?(?:arch|cpu)=["']?(\w+)/i, what: 'npm_config_arch' },
  { pattern: /\bdotnet\s[^;&|\n]{0,300}?\s(?:-r|--runtime)[= ]["']?([\w.-]+)/, what: 'the runtime' },
  { pattern: /\bdotnet\s[^;&|\n]{0,300}?\s(?:-a|--arch)[= ]["']?(\w+)/, what: 'the architecture' },
  { pattern: /\bcargo\s[^;&|\n]{0,300}?--target[= ]["']?([\w.-]+)/, what: 'the target' },
  { pattern: /\bCARGO_BUILD_TARGET=["']?([\w.-]+)/, what: 'CARGO_BUILD_TARGET' },
  { pattern: /\b(?:bun|deno)\s[^;&|\n]{0,300}?--target[= ]["']?([\w.-]+)/, what: 'the target' },
];

/** Compilers that are told one architecture, whatever the target is. */
export function constantTargets(input: LintInput): DockerfileFinding[] {
  return input.dockerfile.stages.flatMap((stage) => {
    const [use] = neededIn(input, stage.index);
    if (!use) return [];
    const scope = scopeAtStart(use.build, use.plan);
    return stage.instructions.flatMap((instruction) => {
      const found = judge(input, instruction, scope);
      declare(scope, instruction, use.build);
      return found;
    });
  });
}

function judge(input: LintInput, instruction: Instruction, scope: Scope): DockerfileFinding[] {
  const { keyword } = instruction;
  if (keyword !== 'RUN' && keyword !== 'ENV' && keyword !== 'ARG') return [];
  const script =
    keyword === 'RUN'
      ? scriptOf(instruction)
      : instruction.variables.map(({ name, value = '' }) => `${name}=${value}`).join('\n');
  if (choosesArchitecture(script)) return [];
  return ways.flatMap((way) => {
    const [whole, told = ''] = way.pattern.exec(script) ?? [];
    const [named] = architectureWords(told);
    if (whole === undefined || !named || isGiven(input, instruction)) return [];
    const wrong = wrongTargets(input.plans, named.architecture);
    if (wrong.length === 0) return [];
    const message = `${way.what} is "${told}" for every platform: the image for ${wrong.join(' and ')} gets ${named.architecture} programs.`;
    const fix = mendedWithArg(
      input.dockerfile,
      instruction,
      scope.has('TARGETARCH') ? [] : ['TARGETARCH'],
      (text) => text.replace(whole, () => mend(way.mend, whole, told)),
    );
    const line = lineWith(input.dockerfile, instruction, whole.split(/\s/).at(-1) ?? whole);
    return [
      { rule: 'dockerfile-target-arch', level: 'error', line, message: upper(message), ...(fix && { fix }) },
    ];
  });
}

/** An ARG whose value the command line gives. */
function isGiven({ plans }: LintInput, { keyword, variables }: Instruction): boolean {
  return keyword === 'ARG' && variables.some(({ name }) => plans[0]?.buildArguments.has(name));
}

export function wrongTargets(plans: readonly BuildPlan[], architecture: string): string[] {
  return plans.map(({ target }) => target).filter((target) => architectureOf(target) !== architecture);
}

function mend(written: string | undefined, whole: string, told: string): string {
  if (written !== undefined) return written;
  if (/^dotnet\s/.test(whole) && /^linux-(x64|arm64)$/.test(told)) {
    return whole.replace(/(?:-r|--runtime)[= ]["']?[\w.-]+$/, () => '-a $TARGETARCH');
  }
  if (/^dotnet\s/.test(whole) && !told.includes('-')) return `${whole.slice(0, -told.length)}$TARGETARCH`;
  const value = told === 'arm64' && /cpu|arch/i.test(whole) ? fromTargetArch('x64') : fromTargetArch(told);
  return value === undefined ? whole : `${whole.slice(0, -told.length)}"${value}"`.replace('""', '"');
}

function upper(text: string): string {
  return text.startsWith('the ') ? `T${text.slice(1)}` : text;
}
