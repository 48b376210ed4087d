import type { DockerfileFinding } from '../dockerfile-report.ts';
import type { LintInput } from '../lint-input.ts';
import { expand } from '../syntax/expand.ts';

/** FROM lines with a variable that nothing declares before the first FROM. */
export function fromArguments({ dockerfile, plans }: LintInput): DockerfileFinding[] {
  const globals = plans[0]?.globals;
  const [first] = dockerfile.stages;
  if (!globals || !first) return [];
  return dockerfile.stages.flatMap((stage) => {
    const { unset } = expand(stage.base, (name) => globals.get(name)?.value);
    return [...new Set(unset)]
      .filter((name) => !globals.has(name))
      .map((name) => {
        const message = `$${name} is empty in "FROM ${stage.base}": FROM sees only what ARG says before the first FROM.`;
        const fix = { line: first.from.line, lines: 0, text: `ARG ${name}` };
        return { rule: 'dockerfile-arg-scope', level: 'error', line: stage.from.line, message, fix } as const;
      });
  });
}
