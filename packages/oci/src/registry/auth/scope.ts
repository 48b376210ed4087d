/** What a request is to be allowed to do. https://distribution.github.io/distribution/spec/auth/scope/ */
export interface Scope {
  readonly repository: string;
  readonly actions: readonly ('pull' | 'push' | 'delete')[];
}

export function formatScope({ repository, actions }: Scope): string {
  return `repository:${repository}:${actions.join(',')}`;
}
