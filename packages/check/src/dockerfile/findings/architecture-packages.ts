import type { DockerfileFinding } from '../dockerfile-report.ts';
import { type LintInput, neededIn } from '../lint-input.ts';
import { architectureWords, choosesArchitecture } from './architecture-words.ts';
import { wrongTargets } from './constant-targets.ts';
import { lineWith } from './mend.ts';
import { commandsOf, scriptOf } from './script-of.ts';

/** `apt-get install libc6:amd64` and `dpkg --add-architecture arm64`, for every target alike. */
export function architecturePackages(input: LintInput): DockerfileFinding[] {
  return input.dockerfile.stages.flatMap((stage) => {
    if (neededIn(input, stage.index).length < input.plans.length) return [];
    if (input.kinds[stage.index] === 'constant') return [];
    return stage.instructions.flatMap((instruction) => {
      const script = instruction.keyword === 'RUN' ? scriptOf(instruction) : '';
      if (script === '' || choosesArchitecture(script)) return [];
      const named = commandsOf(script).flatMap(packagesWithArchitecture);
      const [first] = named;
      const architecture = first && architectureWords(first.architecture)[0]?.architecture;
      if (!first || !architecture) return [];
      const wrong = wrongTargets(input.plans, architecture);
      if (wrong.length === 0) return [];
      const line = lineWith(input.dockerfile, instruction, first.text);
      const message = `${first.text} is for ${architecture} whatever the target is: for ${wrong.join(' and ')} that is the wrong one.`;
      return [{ rule: 'dockerfile-arch-package', level: 'warning', line, message } as const];
    });
  });
}

function packagesWithArchitecture(
  command: string,
): { readonly text: string; readonly architecture: string }[] {
  const added = /\bdpkg\s+--add-architecture[= ](\w+)/.exec(command);
  if (added?.[1]) return [{ text: added[0], architecture: added[1] }];
  if (!/\b(apt-get|apt|aptitude|dpkg|dnf|yum|microdnf)\b/.test(command)) return [];
  const found = command.matchAll(
    /(?<=\s)[a-z0-9][a-z0-9.+-]+[:.](amd64|arm64|armhf|i386|x86_64|aarch64)(?=[\s=]|$)/g,
  );
  return [...found].map(([text, architecture = '']) => ({ text, architecture }));
}
