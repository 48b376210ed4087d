import type { DockerfileFinding, Fix } from '../dockerfile-report.ts';
import { type LintInput, neededIn } from '../lint-input.ts';
import { scopeAtStart } from '../plan/build-plan.ts';
import { runsNatively } from '../plan/platform-text.ts';
import { declare, type Scope } from '../plan/scope.ts';
import { expand } from '../syntax/expand.ts';
import type { Instruction } from '../syntax/instruction.ts';
import { paths } from '../syntax/instruction-faults.ts';
import { quoted } from '../syntax/syntax-error.ts';
import {
  type ArchitectureWord,
  architectureWords,
  choosesArchitecture,
  fromTargetArch,
} from './architecture-words.ts';
import { wrongTargets } from './constant-targets.ts';
import { lineWith, mendedWithArg } from './mend.ts';
import { scriptOf } from './script-of.ts';

/** ADD, COPY, and RUN with curl, wget or a package file, whose address or file name has one architecture in it. */
export function architectureUrls(input: LintInput): DockerfileFinding[] {
  return input.dockerfile.stages.flatMap((stage) => {
    const [use] = neededIn(input, stage.index);
    if (!use) return [];
    const scope = scopeAtStart(use.build, use.plan);
    const isNative = input.kinds[stage.index] === 'native';
    const isChosen = use.build.stages.length > 0 && chosenByTarget(input, stage.index);
    return stage.instructions.flatMap((instruction) => {
      const found = isChosen ? [] : judge(input, instruction, scope, isNative);
      declare(scope, instruction, use.build);
      return found;
    });
  });
}

/** A stage that not every target needs, or that is of one platform, is for the one that needs it. */
function chosenByTarget(input: LintInput, index: number): boolean {
  const needed = neededIn(input, index);
  return needed.length < input.plans.length || input.kinds[index] === 'constant';
}

function judge(
  input: LintInput,
  instruction: Instruction,
  scope: Scope,
  isNative: boolean,
): DockerfileFinding[] {
  const run = instruction.trigger ?? instruction;
  const candidates = run.keyword === 'RUN' ? downloads(run) : copied(run);
  for (const candidate of candidates) {
    const { text } = expand(candidate, (name) => scope.get(name)?.value ?? `\${${name}}`);
    if (/\$|TARGETARCH/.test(candidate) && choosesArchitecture(candidate)) continue;
    const [found, other] = architectureWords(text);
    if (!found || (other && other.architecture !== found.architecture)) continue;
    const wrong = isNative ? wrongBuilders(input, found) : wrongTargets(input.plans, found.architecture);
    if (wrong.length === 0) continue;
    return [finding(input, instruction, scope, { candidate, text, found, wrong, isNative })];
  }
  return [];
}

/** In a native stage a tool for one architecture is wrong on builders of another. */
function wrongBuilders({ builder, plans }: LintInput, { architecture }: ArchitectureWord): string[] {
  const targets = wrongTargets(plans, architecture);
  return runsNatively(builder, `linux/${architecture}`) && targets.length === 0 ? [] : targets;
}

interface Found {
  readonly candidate: string;
  readonly text: string;
  readonly found: ArchitectureWord;
  readonly wrong: readonly string[];
  readonly isNative: boolean;
}

function finding(
  input: LintInput,
  instruction: Instruction,
  scope: Scope,
  { candidate, text, found, wrong, isNative }: Found,
): DockerfileFinding {
  const { architecture, word } = found;
  const message = isNative
    ? `${quoted(text)} is for ${architecture}: as a tool it does not run on other builders, and what goes into the image is wrong for ${wrong.join(' and ')}.`
    : `${quoted(text)} is for ${architecture}: the image for ${wrong.join(' and ')} gets it too.`;
  const level = isNative ? 'warning' : 'error';
  const line = lineWith(input.dockerfile, instruction, candidate.slice(0, 40));
  const fix = isNative ? undefined : mend(input, instruction, scope, candidate, word);
  return { rule: 'dockerfile-arch-url', level, line, message, ...(fix && { fix }) };
}

function mend(
  { dockerfile }: LintInput,
  instruction: Instruction,
  scope: Scope,
  candidate: string,
  word: string,
): Fix | undefined {
  const { keyword } = instruction;
  const value = fromTargetArch(word);
  if (value === undefined || (keyword !== 'RUN' && value.startsWith('$('))) return undefined;
  const names = keyword === 'RUN' ? downloads(instruction) : [candidate];
  const missing = scope.has('TARGETARCH') ? [] : ['TARGETARCH'];
  return mendedWithArg(dockerfile, instruction, missing, (text) =>
    names.reduce((changed, name) => changed.replaceAll(name, () => name.replaceAll(word, () => value)), text),
  );
}

const packageFile = /\.(deb|rpm|apk|tar|tgz|tbz2|txz|gz|xz|bz2|zst|zip|appimage|run|bin|so|node|exe)$/i;

function downloads(run: Instruction): string[] {
  const script = scriptOf(run);
  if (choosesArchitecture(script)) return [];
  const found = script.match(/[^\s"'`;|&()<>=]{3,}/g) ?? [];
  return found.filter((text) => /^[a-z]+:\/\//i.test(text) || packageFile.test(text));
}

function copied(run: Instruction): string[] {
  if (run.keyword !== 'ADD' && run.keyword !== 'COPY') return [];
  return paths(run.text)
    .slice(0, -1)
    .filter((path) => !path.startsWith('<<'));
}
