import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import type { EcrApi, EcrApiOptions, EcrCall, EcrState } from './ecr-api.ts';
import { EcrFault } from './ecr-fault.ts';
import { operations, registryHost } from './operations.ts';
import { checkSignature, testKey } from './signature.ts';

/**
 * Amazon ECR's control API (not its registry) on loopback, without TLS: AWS JSON 1.1 and signed requests.
 * https://smithy.io/2.0/aws/protocols/aws-json-1_1-protocol.html
 */
export async function startEcrApi(options: EcrApiOptions = {}): Promise<EcrApi & AsyncDisposable> {
  const state: EcrState = { options: withDefaults(options), repositories: new Map() };
  const calls: EcrCall[] = [];
  const server = createServer((request, response) => {
    answer(request, state, calls).then(
      (value) => send(response, 200, value),
      (error: unknown) => sendFault(response, error),
    );
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    registry: registryHost(state.options),
    repositories: state.repositories,
    calls,
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

function withDefaults(options: EcrApiOptions): EcrState['options'] {
  return {
    key: testKey,
    accountId: '123456789012',
    region: 'eu-central-1',
    password: 'ecr-password',
    tokenLifetimeMs: 12 * 3_600_000,
    now: Date.now,
    deny: [],
    expired: false,
    ...options,
  };
}

async function answer(request: IncomingMessage, state: EcrState, calls: EcrCall[]): Promise<unknown> {
  const body = await text(request);
  const { key, region, expired, deny, accountId } = state.options;
  checkSignature(request, body, key, region);
  if (expired) {
    throw new EcrFault('ExpiredTokenException', 'The security token included in the request is expired');
  }
  const target = String(request.headers['x-amz-target']);
  const action = target.replace('AmazonEC2ContainerRegistry_V20150921.', '');
  const operation = action === target ? undefined : operations.get(action);
  if (!operation || request.method !== 'POST') throw new EcrFault('UnknownOperationException', '');
  const input = parseInput(body);
  calls.push({ action, input });
  if (deny.includes(action)) {
    const resource = input.repositoryName
      ? `arn:aws:ecr:${region}:${accountId}:repository/${input.repositoryName}`
      : '*';
    throw new EcrFault(
      'AccessDeniedException',
      `User: arn:aws:iam::${accountId}:user/sailor is not authorized to perform: ecr:${action} on resource: ` +
        `${resource} because no identity-based policy allows the ecr:${action} action`,
    );
  }
  return operation(input, state);
}

function parseInput(body: string): EcrCall['input'] {
  try {
    return JSON.parse(body);
  } catch {
    throw new EcrFault('SerializationException', 'The body is not JSON.');
  }
}

function send(response: ServerResponse, status: number, value: unknown): void {
  const headers = { 'content-type': 'application/x-amz-json-1.1', 'x-amzn-requestid': randomUUID() };
  response.writeHead(status, headers).end(JSON.stringify(value));
}

function sendFault(response: ServerResponse, error: unknown): void {
  const fault = error instanceof EcrFault ? error : new EcrFault('ServerException', String(error), 500);
  send(response, fault.status, { __type: fault.type, message: fault.message });
}
