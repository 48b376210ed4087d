/** What a request is to be allowed to do. https://distribution.github.io/distribution/spec/auth/scope/ */
export interface Scope {
  readonly repository: string;
  readonly actions: readonly ('pull' | 'push' | 'delete')[];
}

export function formatScope({ repository, actions }: Scope): string {
  return `repository:${repository}:${actions.join(',')}`;
}

/** Whether what a challenge asks for, in the text that it asks with, is among these already. */
export function covers(scopes: readonly Scope[], text: string): boolean {
  const [, name, asked = ''] = /^repository:(.+):([^:]+)$/.exec(text) ?? [];
  const allowed = scopes.filter(({ repository }) => repository === name).flatMap(({ actions }) => actions);
  return asked.split(',').every((action) => (allowed as readonly string[]).includes(action));
}
