import { isAbsolute } from 'node:path';
import { engineErrors } from './errors.ts';

/** Where an engine listens, and how it is spoken to. */
export interface EngineAddress {
  /** As it was given, for people. */
  readonly text: string;
  /** For errors: "DOCKER_HOST", "the context desktop-linux", "Podman’s usual place". */
  readonly source: string;
  /** Absolute; undefined for one that is reached over the network. */
  readonly socketPath?: string;
  /** "http://localhost" for a socket. */
  readonly origin: string;
  readonly tls?: EngineTls;
}

/** PEM, as far as there are any. */
export interface EngineTls {
  readonly ca?: string;
  readonly cert?: string;
  readonly key?: string;
  readonly rejectUnauthorized?: boolean;
}

/**
 * Reads an address as Docker writes it (https://docs.docker.com/reference/cli/dockerd/#daemon-socket-option).
 * @throws CATA_ENGINE_ADDRESS_INVALID
 */
export function parseEngineAddress(text: string, source: string, tls?: EngineTls): EngineAddress {
  const refuse = (reason: string) => engineErrors.CATA_ENGINE_ADDRESS_INVALID({ text, source, reason });
  const [, scheme = '', rest = ''] = /^([a-z]+):\/\/(.*)$/.exec(text) ?? [];
  switch (scheme) {
    case 'unix':
      if (!isAbsolute(rest)) throw refuse('behind unix:// there is no absolute path');
      return { text, source, socketPath: rest, origin: 'http://localhost' };
    case 'tcp':
    case 'http':
    case 'https': {
      const isSecure = scheme === 'https' || tls !== undefined;
      const url = URL.parse(`${isSecure ? 'https' : 'http'}://${rest}`);
      if (!url?.hostname || url.pathname !== '/' || url.search) throw refuse('it is no host with a port');
      if (url.port === '' && scheme === 'tcp') url.port = isSecure ? '2376' : '2375';
      return { text, source, origin: url.origin, ...(tls === undefined ? {} : { tls }) };
    }
    case 'ssh':
      throw refuse(
        'SSH is not spoken here; forward the socket, as in "ssh -nNT -L /tmp/docker.sock:/var/run/docker.sock host", and name that one',
      );
    case '':
      throw refuse('it does not begin with unix:// or tcp://');
    default:
      throw refuse(`${scheme}:// is not known here`);
  }
}
