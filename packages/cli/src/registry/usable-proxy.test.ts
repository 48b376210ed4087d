import { describe, expect, it } from 'vitest';
import { readEnvironment } from '../process/environment.ts';
import { usableProxy } from './usable-proxy.ts';

const proxyOf = (variables: Readonly<Record<string, string>>) =>
  usableProxy(readEnvironment(variables).proxy);

describe('the proxies of the environment', () => {
  it('are read in upper and in lower case, which comes first', () => {
    expect(proxyOf({ HTTPS_PROXY: 'http://a:1', NO_PROXY: 'x.io' })).toEqual({
      https: 'http://a:1',
      noProxy: 'x.io',
    });
    expect(
      proxyOf({ HTTPS_PROXY: 'http://a:1', https_proxy: 'http://b:1', http_proxy: 'http://c:1' }),
    ).toEqual({
      http: 'http://c:1',
      https: 'http://b:1',
    });
    expect(proxyOf({ HTTPS_PROXY: '', http_proxy: '' })).toEqual({});
  });

  it('without a scheme are without TLS', () => {
    expect(proxyOf({ https_proxy: 'proxy.example.com:3128' })).toEqual({
      https: 'http://proxy.example.com:3128',
    });
  });

  it.each(['http://', 'ftp://a:1', 'a b', 'http://a:port'])('"%s" is refused', (text) => {
    expect(() => proxyOf({ HTTPS_PROXY: text })).toThrow(
      expect.objectContaining({
        code: 'CATA_PROXY_INVALID',
        message: expect.stringContaining('HTTPS_PROXY'),
      }),
    );
  });

  it('keep their password out of errors', () => {
    expect(() => proxyOf({ HTTPS_PROXY: 'user:s3cret@a:port' })).toThrow('http://***@a:port');
  });
});
