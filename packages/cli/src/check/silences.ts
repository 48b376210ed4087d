import { type Project, parsePattern } from '@catamaran/build';
import { type CheckReport, type Silence, silenced } from '@catamaran/check';
import type { Context } from '@catamaran/oci';

/** The reports with what the configuration silences; a silence that nothing was found for is warned of. */
export function withSilences(
  reports: readonly CheckReport[],
  { check }: Project,
  ctx: Context,
): readonly CheckReport[] {
  const result = silenced(reports, check.ignore.map(silenceOf));
  for (const [at, silence] of check.ignore.entries()) {
    if (!result.unused.some(({ index }) => index === at)) continue;
    const where = silence.path === undefined ? '' : ` at ${silence.path}`;
    const message = `check.ignore.${at} silences nothing: "${silence.rule}" finds nothing${where}`;
    ctx.emit({ type: 'warning', message });
  }
  return result.reports;
}

function silenceOf({ rule, path, reason }: Project['check']['ignore'][number], index: number) {
  const pattern = path === undefined ? undefined : parsePattern(path, { braces: true });
  const silence: Silence & { readonly index: number } = { rule, reason, index };
  return pattern ? { ...silence, matches: (found: string) => pattern.matches(found.slice(1)) } : silence;
}
