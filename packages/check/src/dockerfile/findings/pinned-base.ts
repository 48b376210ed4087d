import type { DockerfileFinding } from '../dockerfile-report.ts';
import type { LintInput } from '../lint-input.ts';
import { plansNeeding } from '../lint-input.ts';

/** A digest may be that of one platform's image; which, only its registry knows. */
export function pinnedBases(input: LintInput): DockerfileFinding[] {
  return input.dockerfile.stages.flatMap((stage) => {
    const found = plansNeeding(input, stage.index).flatMap((build) => {
      const plan = build.stages[stage.index];
      return plan?.base.kind === 'image' && plan.base.name.includes('@sha256:')
        ? [{ plan, name: plan.base.name }]
        : [];
    });
    const platforms = new Set(found.map(({ plan }) => plan.platform));
    const names = new Set(found.map(({ name }) => name));
    const [first] = found;
    // A digest that is chosen by the target is meant to be of one platform.
    if (!first || names.size > 1) return [];
    const [name = ''] = first.name.split('@');
    const how = `"catamaran digest ${name}" prints that of the index, if there is one behind the name`;
    const kind = input.kinds[stage.index];
    if (platforms.size < 2 && kind !== 'native') return [];
    const level = platforms.size > 1 ? 'warning' : 'note';
    const message =
      level === 'warning'
        ? `${name} is pinned by a digest and built for ${[...platforms].join(' and ')}: if the digest is that of one platform's image, the others get its files. It cannot be told from the file; ${how}.`
        : `${name} is pinned by a digest, and its platform is the builder's: if the digest is that of one platform's image, other builders emulate it. ${how}.`;
    return [{ rule: 'dockerfile-pinned-base', level, line: stage.from.line, message }];
  });
}
