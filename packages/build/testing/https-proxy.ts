// What the registry client's tests have for speaking TLS through a proxy.
export { makeCertificate } from '../../oci/src/testing/certificate.ts';
export { startConnectProxy } from '../../oci/src/testing/connect-proxy.ts';
export { hasTools } from '../../oci/src/testing/tools.ts';
