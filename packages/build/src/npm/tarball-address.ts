import type { NpmOptions } from './npm-options.ts';

/**
 * Where a tarball is fetched from that the lockfile has an address of: that one; but one at npm's public registry
 * means "the registry" and is asked of the configured one, as `replace-registry-host` says.
 * https://docs.npmjs.com/cli/v11/using-npm/config#replace-registry-host
 * @param options with `replaceRegistryHost` as `npmOptionsFrom` gives it: a host, "always" or "never"
 */
export function tarballAddress(resolved: string, options: NpmOptions): string {
  const address = new URL(resolved);
  const registry = new URL(String(options.registry));
  const replaced = options.replaceRegistryHost;
  if (replaced !== 'always' && replaced !== address.hostname) return resolved;
  const prefix = registry.pathname.replace(/\/$/, '');
  if (!address.pathname.startsWith(`${prefix}/`)) address.pathname = prefix + address.pathname;
  address.protocol = registry.protocol;
  address.hostname = registry.hostname;
  address.port = registry.port;
  return address.href;
}

/** True for an address at the registry that a package of this name is published to. */
export function isAtRegistry(address: string, name: string, options: NpmOptions): boolean {
  if (!/^https?:/.test(address)) return false;
  const scope = name.startsWith('@') ? name.slice(0, name.indexOf('/')) : '';
  const registry = new URL(String(options[`${scope}:registry`] ?? options.registry));
  const { origin, pathname } = new URL(address);
  return origin === registry.origin && pathname.startsWith(registry.pathname.replace(/\/?$/, '/'));
}
