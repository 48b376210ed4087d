import { cliErrors } from '../errors.ts';
import type { ProxyVariables } from '../process/environment.ts';

/**
 * Proxies as addresses: "proxy:3128" is one without TLS, as everybody reads it.
 * @throws CATA_PROXY_INVALID
 */
export function usableProxy({ http, https, noProxy }: ProxyVariables): ProxyVariables {
  return {
    ...(http ? { http: address(http, 'HTTP_PROXY') } : {}),
    ...(https ? { https: address(https, 'HTTPS_PROXY') } : {}),
    ...(noProxy ? { noProxy } : {}),
  };
}

function address(text: string, variable: string): string {
  const complete = text.includes('://') ? text : `http://${text}`;
  if (URL.canParse(complete) && /^https?:$/.test(new URL(complete).protocol)) return complete;
  throw cliErrors.CATA_PROXY_INVALID({ text: complete, variable });
}
