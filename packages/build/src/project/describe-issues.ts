import type { z } from 'zod';

type Issue = z.core.$ZodIssue;

/** What is wrong with a configuration, each option by its name, for a person. */
export function describeIssues(issues: readonly Issue[]): string {
  return [...new Set(issues.flatMap((issue) => describeIssue(issue, [])))].join('; ');
}

function describeIssue(issue: Issue, above: readonly PropertyKey[]): string[] {
  const path = [...above, ...issue.path];
  if (issue.code === 'invalid_key') return issue.issues.flatMap((inner) => describeIssue(inner, path));
  if (issue.code === 'invalid_union') {
    const branches = closest(issue.errors);
    if (branches.length > 0) {
      const reasons = branches.map((inner) => inner.flatMap((one) => describeIssue(one, path)).join('; '));
      return [[...new Set(reasons)].join(', or ')];
    }
  }
  return [path.length > 0 ? `${path.join('.')}: ${issue.message}` : issue.message];
}

/** Of the forms that an option can have, those that are meant: where it has the right type, if there are any. */
function closest(branches: readonly (readonly Issue[])[]): readonly (readonly Issue[])[] {
  const right = branches.filter((issues) =>
    issues.every(({ code, path }) => code !== 'invalid_type' || path.length > 0),
  );
  return right.length > 0 ? right : branches;
}
