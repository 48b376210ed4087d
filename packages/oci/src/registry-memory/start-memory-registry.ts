import { once } from 'node:events';
import { createServer, type RequestListener, type Server } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { systemClock } from '../context/clock.ts';
import type { MemoryRegistry } from './memory-registry.ts';
import { actualDigest, isDigest } from './names.ts';
import type { MemoryRegistryOptions } from './options.ts';
import type { RegistryState } from './registry-state.ts';
import { faultOf, type RequestRecord, recordOf, serveRequest } from './serve-request.ts';
import { TokenService } from './token-service.ts';
import { verifyContent } from './verify-content.ts';

/** Starts a registry on 127.0.0.1, at a port of its own. https://github.com/opencontainers/distribution-spec/blob/v1.1.1/spec.md */
export async function startMemoryRegistry(options: MemoryRegistryOptions = {}): Promise<MemoryRegistry> {
  const { tls, faults } = options;
  const server = tls ? createTlsServer({ ...tls }) : createServer();
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  const state = newState(options, `${tls ? 'https' : 'http'}://${address}`, address);
  const requests: RequestRecord[] = [];
  const listener: RequestListener = (request, response) => {
    const record = recordOf(request);
    const index = requests.push(record) - 1;
    void serveRequest(state, request, response, record, faultOf(faults, record, index));
  };
  server.on('request', listener);
  // A connection that is closed while it is idle looks to clients like a fault that nobody has planned.
  server.keepAliveTimeout = 60_000;
  return lookedAt(state, requests, server);
}

function newState(options: MemoryRegistryOptions, origin: string, address: string): RegistryState {
  const { auth, quirks = {}, clock = systemClock } = options;
  let count = 0;
  return {
    origin,
    address,
    quirks,
    clock,
    auth,
    tokens: auth?.kind === 'bearer' ? new TokenService(auth, clock) : undefined,
    repositories: new Map(),
    uploads: new Map(),
    manifestPuts: [],
    nextNumber: () => ++count,
  };
}

function lookedAt(state: RegistryState, requests: readonly RequestRecord[], server: Server): MemoryRegistry {
  const { repositories, origin, address } = state;
  const created = (name: string) => {
    const repository = repositories.get(name) ?? { blobs: new Map(), manifests: new Map(), tags: new Map() };
    repositories.set(name, repository);
    return repository;
  };
  return {
    address,
    origin,
    requests,
    get receivedBytes() {
      return requests.reduce((sum, { bodyBytes }) => sum + bodyBytes, 0);
    },
    tags: (name) => new Map(repositories.get(name)?.tags),
    manifest: (name, digest) => repositories.get(name)?.manifests.get(digest),
    blob: (name, digest) => repositories.get(name)?.blobs.get(digest),
    createRepository: (name) => void created(name),
    verify: () => verifyContent(repositories),
    plantManifest(name, reference, mediaType, bytes) {
      const { manifests, tags } = created(name);
      const digest = isDigest(reference) ? reference : actualDigest(bytes);
      manifests.set(digest, { mediaType, bytes });
      if (!isDigest(reference)) tags.set(reference, digest);
    },
    plantBlob: (name, digest, bytes) => void created(name).blobs.set(digest, bytes),
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
