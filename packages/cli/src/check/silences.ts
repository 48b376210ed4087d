import { type Project, parsePattern } from '@catamaran/build';
import { type Finding, type Silence, silenced } from '@catamaran/check';
import type { Context } from '@catamaran/oci';

/**
 * The reports with what the configuration silences; a silence that nothing was found for is warned of.
 * @param subject what is judged: silences of rules for Dockerfiles are not those of rules for images
 */
export function withSilences<R extends { readonly findings: readonly Finding[] }>(
  reports: readonly R[],
  { check }: Project,
  ctx: Context,
  subject: 'image' | 'dockerfile' = 'image',
): readonly R[] {
  const silences = check.ignore.map(silenceOf);
  const isMeant = ({ rule }: Silence) => rule.startsWith('dockerfile-') === (subject === 'dockerfile');
  const result = silenced(reports, silences.filter(isMeant));
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
