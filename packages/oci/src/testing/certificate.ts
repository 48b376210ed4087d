import { readFileSync } from 'node:fs';
import { isIP } from 'node:net';
import { join } from 'node:path';
import { temporaryFolder } from './temporary-folder.ts';
import { runTool } from './tools.ts';

/** PEM. */
export interface Certificate {
  readonly key: string;
  readonly cert: string;
  /** Where the two are, for programs; gone when the test has finished. The folder of the certificate is a `--cert-dir` for skopeo. */
  readonly keyFile: string;
  readonly certFile: string;
}

/** A certificate that vouches for itself, for these host names and addresses, for two days. Needs `openssl`. */
export function makeCertificate(...names: readonly string[]): Certificate {
  const folder = temporaryFolder();
  const [keyFile, certFile] = [join(folder, 'key.pem'), join(folder, 'ca.crt')];
  const key = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-keyout', keyFile];
  const subjects = names.map((name) => `${isIP(name) ? 'IP' : 'DNS'}:${name}`).join(',');
  const named = ['-subj', '/CN=catamaran-test', '-addext', `subjectAltName=${subjects}`];
  runTool('openssl', ['req', '-x509', ...key, '-out', certFile, '-days', '2', ...named]);
  return {
    key: readFileSync(keyFile, 'utf8'),
    cert: readFileSync(certFile, 'utf8'),
    keyFile,
    certFile,
  };
}
