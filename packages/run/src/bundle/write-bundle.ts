import { access, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Architecture, type Context, formatPlatform, type Image, runStep } from '@catamaran/oci';
import { elfMachine } from '../elf-machine.ts';
import { emulatorPath } from '../emulation/emulator.ts';
import { runErrors } from '../errors.ts';
import type { RunOptions } from '../host.ts';
import { signalNumber } from '../runc/signal-number.ts';
import { environment } from './environment.ts';
import { hostName } from './host-name.ts';
import type { MountedFiles } from './mounts.ts';
import { openFilesLimit } from './open-files.ts';
import { type Root, readRootFile } from './read-root-file.ts';
import { type ResolvedCommand, resolveCommand } from './resolve-command.ts';
import { resolveUser } from './resolve-user.ts';
import { runtimeConfig } from './runtime-config.ts';
import { unpackImage } from './unpack.ts';

export interface BundleRequest {
  readonly id: string;
  /** Empty, and closed to other users: an image may hold set-user-ID programs. */
  readonly folder: string;
  /** A qemu of the host's, for a foreign architecture. */
  readonly emulator: string | undefined;
}

/** What is to be known of an image whose bundle has been written. */
interface WrittenBundle {
  /** Of the executable that the entrypoint leads to. */
  readonly machine: Architecture;
  /** By its number. */
  readonly stopSignal: number;
}

/**
 * Writes a bundle, root file system and `config.json`, for an image.
 * https://github.com/opencontainers/runtime-spec/blob/v1.0.2/bundle.md
 */
export async function writeBundle(
  request: BundleRequest,
  image: Image,
  options: RunOptions,
  ctx: Context,
): Promise<WrittenBundle> {
  const execution = (await image.config()).value.config ?? {};
  const args = [...(execution.Entrypoint ?? []), ...(execution.Cmd ?? [])];
  if (args.length === 0) throw runErrors.CATA_ENTRYPOINT_EMPTY({ name: options.name });
  const root = await unpack(request.folder, image, options, ctx);

  const env = environment(execution.Env ?? [], options.env);
  const cwd = execution.WorkingDir || '/';
  const command = await resolveCommand(args, { path: env.get('PATH') ?? '', cwd }, root);
  const machine = elfMachine((await readRootFile(root, command.executable, 20)) ?? new Uint8Array());
  if (!machine) throw runErrors.CATA_ENTRYPOINT_UNKNOWN({ path: command.executable });

  const service = {
    args: request.emulator ? emulated(command) : args,
    env,
    cwd,
    user: await resolveUser(execution.User ?? '', root),
    openFiles: await openFilesLimit(),
  };
  const files = await mountedFiles(request, options);
  const config = runtimeConfig(request.id, service, files, options);
  await writeFile(join(request.folder, 'config.json'), JSON.stringify(config));
  return { machine, stopSignal: signalNumber(execution.StopSignal) };
}

async function unpack(folder: string, image: Image, options: RunOptions, ctx: Context): Promise<Root> {
  const rootFolder = join(folder, 'rootfs');
  const platform = formatPlatform(options.platform);
  const tree = await runStep(`unpack ${folder}`, `Unpacking ${options.name} for ${platform}`, ctx, () =>
    unpackImage(image, rootFolder, ctx),
  );
  return { tree, folder: rootFolder };
}

/** qemu searches no PATH and reads no `#!`. `-0` hands on the name that the program was called by. */
function emulated({ executable, args }: ResolvedCommand): string[] {
  return [emulatorPath, '-0', args[0] ?? executable, `/${executable}`, ...args.slice(1)];
}

async function mountedFiles(
  { folder, emulator }: BundleRequest,
  { name, network }: RunOptions,
): Promise<MountedFiles> {
  const hosts = join(folder, 'hosts');
  await writeFile(hosts, `127.0.0.1\tlocalhost ${hostName(name)}\n::1\tlocalhost ip6-localhost\n`, {
    mode: 0o644,
  });
  const resolvConf = '/etc/resolv.conf';
  const known = network === 'host' && (await isReadable(resolvConf));
  return { hosts, resolvConf: known ? resolvConf : undefined, emulator };
}

async function isReadable(path: string): Promise<boolean> {
  return await access(path).then(
    () => true,
    () => false,
  );
}
