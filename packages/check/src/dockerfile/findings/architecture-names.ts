import type { DockerfileFinding } from '../dockerfile-report.ts';
import { type LintInput, neededIn } from '../lint-input.ts';
import type { Instruction } from '../syntax/instruction.ts';
import { fromTargetArch } from './architecture-words.ts';
import { lineWith, mended } from './mend.ts';
import { scriptOf } from './script-of.ts';

/** What BuildKit calls amd64, npm calls x64, as .NET does in the names of its runtimes. */
export function architectureNames(input: LintInput): DockerfileFinding[] {
  if (!input.plans.some(({ target }) => target === 'linux/amd64')) return [];
  return input.dockerfile.stages
    .filter(({ index }) => neededIn(input, index).length > 0)
    .flatMap(({ instructions }) => instructions.flatMap((instruction) => judge(input, instruction)));
}

function judge({ dockerfile }: LintInput, instruction: Instruction): DockerfileFinding[] {
  const script =
    instruction.keyword === 'ENV'
      ? instruction.variables.map(({ name, value = '' }) => `${name}=${value}`).join('\n')
      : instruction.keyword === 'RUN'
        ? scriptOf(instruction)
        : '';
  const npm =
    /(?:--cpu[= ]|\bnpm_config_(?:target_)?(?:arch|cpu)=)"?\$(?:TARGETARCH\b|\{TARGETARCH\})"?/i.exec(
      script,
    )?.[0];
  const runtime = /(?:-r|--runtime)[= ]"?linux-\$(?:TARGETARCH\b|\{TARGETARCH\})"?/.exec(script)?.[0];
  const found = npm ?? runtime;
  if (found === undefined) return [];
  const message =
    npm === undefined
      ? `${found}: for linux/amd64 that is linux-amd64, and .NET has linux-x64.`
      : `${found}: for linux/amd64 that is "amd64", and npm calls it x64, so packages for it are left out.`;
  const mend =
    npm === undefined
      ? '-a $TARGETARCH'
      : npm.replace(/"?\$\{?TARGETARCH\}?"?$/, () => `"${fromTargetArch('x64')}"`);
  const fix =
    instruction.keyword === 'RUN'
      ? mended(dockerfile, instruction, (text) => text.replace(found, () => mend))
      : undefined;
  const line = lineWith(dockerfile, instruction, 'TARGETARCH');
  return [{ rule: 'dockerfile-target-arch', level: 'error', line, message, ...(fix && { fix }) }];
}
