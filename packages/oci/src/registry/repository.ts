import type { Scope } from './auth/scope.ts';
import type { Connection } from './http/connection.ts';

/** One repository of a registry, and how it is spoken to. */
export interface Repository {
  readonly connection: Connection;
  readonly name: string;
}

export function pathOf({ name }: Repository, rest: string): string {
  return `/v2/${name}/${rest}`;
}

export function pullScope({ name }: Repository): readonly Scope[] {
  return [{ repository: name, actions: ['pull'] }];
}

export function pushScope({ name }: Repository): readonly Scope[] {
  return [{ repository: name, actions: ['pull', 'push'] }];
}

export function deleteScope({ name }: Repository): readonly Scope[] {
  return [{ repository: name, actions: ['pull', 'delete'] }];
}
