import type { Context } from '../context/context.ts';
import { type DescribedPlatform, parseDescribedPlatform } from '../model/platform.ts';
import type { EngineAddress } from './engine-address.ts';
import { connectEngine, connectionReason, type EngineConnection } from './engine-connection.ts';

/** A Docker or Podman that runs; disposing ends the connection to it. */
export interface ContainerEngine extends AsyncDisposable {
  readonly kind: EngineKind;
  /** "Docker 20.10.24", "Podman 4.3.1" */
  readonly name: string;
  /** "unix:///var/run/docker.sock" */
  readonly address: string;
  /** Of the containers that it runs without emulation. */
  readonly platform: DescribedPlatform;
  readonly connection: EngineConnection;
}

/**
 * What it keeps of an image: `docker` and `podman` one platform's layers; `containerd`, which is Docker with
 * containerd's image store, an index with all that is in it.
 */
type EngineKind = 'docker' | 'containerd' | 'podman';

/**
 * Asks who listens at an address.
 * @returns why nobody can be spoken to there
 */
export async function askEngine(address: EngineAddress, ctx: Context): Promise<ContainerEngine | string> {
  const connection = await connectEngine(address);
  try {
    const version = await readJson<VersionAnswer>(connection, '/version', ctx);
    const info = await readJson<InfoAnswer>(connection, '/info', ctx);
    return {
      ...describe(version, info),
      address: address.text,
      connection,
      [Symbol.asyncDispose]: () => connection[Symbol.asyncDispose](),
    };
  } catch (error) {
    await connection[Symbol.asyncDispose]();
    ctx.signal.throwIfAborted();
    return connectionReason(error);
  }
}

/** https://docs.docker.com/reference/api/engine/version/v1.41/#tag/System/operation/SystemVersion */
interface VersionAnswer {
  readonly Version?: string;
  readonly Os?: string;
  readonly Arch?: string;
  readonly Components?: readonly { readonly Name?: string }[];
}

interface InfoAnswer {
  readonly DriverStatus?: readonly (readonly string[])[] | null;
}

function describe(
  { Version: version, Os: os, Arch: architecture, Components: components }: VersionAnswer,
  { DriverStatus: driver }: InfoAnswer,
): Pick<ContainerEngine, 'kind' | 'name' | 'platform'> {
  if (!version || !os || !architecture) throw new Error('it is no container engine');
  const isPodman = components?.some(({ Name: name }) => name?.startsWith('Podman')) ?? false;
  // https://docs.docker.com/engine/storage/containerd/
  const isContainerd = driver?.some(([, value]) => value?.startsWith('io.containerd.snapshotter')) ?? false;
  return {
    kind: isPodman ? 'podman' : isContainerd ? 'containerd' : 'docker',
    name: `${isPodman ? 'Podman' : 'Docker'} ${version}`,
    platform: parseDescribedPlatform(`${os}/${architecture}`),
  };
}

async function readJson<T>(connection: EngineConnection, path: string, ctx: Context): Promise<T> {
  const { status, text } = await connection.get(path, ctx);
  if (status !== 200) throw new Error(`it answers ${status} when it is asked for ${path}`);
  try {
    return JSON.parse(text) as T;
  } catch {
    throw new Error('it is no container engine');
  }
}
