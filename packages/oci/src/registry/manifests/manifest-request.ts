import type { RegistryRequest } from '../http/registry-request.ts';
import { pathOf, pullScope, type Repository } from '../repository.ts';
import { acceptManifests } from './accept.ts';

/** What asks for a manifest by its tag or digest. */
export function manifestRequest(
  repository: Repository,
  method: 'GET' | 'HEAD',
  reference: string,
  alsoExpected: readonly number[] = [],
): RegistryRequest {
  return {
    method,
    target: pathOf(repository, `manifests/${reference}`),
    scopes: pullScope(repository),
    headers: { accept: acceptManifests },
    expected: [200, ...alsoExpected],
  };
}
