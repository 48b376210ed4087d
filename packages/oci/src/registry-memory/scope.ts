/** https://distribution.github.io/distribution/spec/auth/scope/ */
export interface Scope {
  readonly repository: string;
  /** `pull`, `push`, `delete`. */
  readonly actions: readonly string[];
}

export function formatScope({ repository, actions }: Scope): string {
  return `repository:${repository}:${actions.join(',')}`;
}

/** Undefined for what is no repository. */
export function parseScope(text: string): Scope | undefined {
  const [, repository, actions] = /^repository(?:\([^)]*\))?:(.+):([a-z,*]*)$/.exec(text) ?? [];
  if (repository === undefined || actions === undefined) return undefined;
  return { repository, actions: actions.split(',').filter(Boolean) };
}

/** Whether what is needed is among what was granted. */
export function allows(granted: readonly Scope[], { repository, actions }: Scope): boolean {
  return actions.every((action) =>
    granted.some((scope) => scope.repository === repository && scope.actions.includes(action)),
  );
}
