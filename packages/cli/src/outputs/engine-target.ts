import type { Project } from '@catamaran/build';
import {
  type ContainerEngine,
  type Context,
  findEngine,
  formatPlatform,
  formatReference,
  type ImageIndex,
  loadImage,
  type Platform,
  platformsForEngine,
  type Reference,
  samePlatform,
} from '@catamaran/oci';
import type { Environment } from '../process/environment.ts';

/** A running Docker or Podman that a build's image is to be loaded into. */
export interface EngineTarget extends AsyncDisposable {
  readonly engine: ContainerEngine;
  readonly platforms: readonly Platform[];
  readonly names: readonly [Reference, ...Reference[]];
}

/** What was loaded, as `--json` prints it. */
export interface LoadedDocument {
  /** "Docker 20.10.24" */
  readonly engine: string;
  readonly address: string;
  readonly names: readonly string[];
  readonly platforms: readonly string[];
  readonly sentBytes: number;
}

/**
 * Finds the engine, and what of the project is for it: before anything is built, as there may be none.
 * @param tags of `--tag`; "latest" when there are none
 * @throws CATA_ENGINE_…
 */
export async function openEngineTarget(
  { name, platforms: built }: Project,
  tags: readonly string[],
  { variables, homeFolder }: Environment,
  ctx: Context,
): Promise<EngineTarget> {
  const [first = 'latest', ...others] = tags;
  const named = (tag: string): Reference => ({ repository: name, tag });
  const engine = await findEngine({ variables, homeFolder }, ctx);
  try {
    const platforms = platformsForEngine(engine, built);
    warnOfEmulation(engine, platforms, ctx);
    const close = () => engine[Symbol.asyncDispose]();
    return { engine, platforms, names: [named(first), ...others.map(named)], [Symbol.asyncDispose]: close };
  } catch (error) {
    await engine[Symbol.asyncDispose]();
    throw error;
  }
}

export async function loadIntoEngine(
  { engine, platforms, names }: EngineTarget,
  index: ImageIndex,
  ctx: Context,
): Promise<LoadedDocument> {
  const [only] = platforms;
  const image = engine.kind === 'containerd' || !only ? index : await index.image(only);
  const { sentBytes } = await loadImage(engine, image, names, ctx);
  return {
    engine: engine.name,
    address: engine.address,
    names: names.map(formatReference),
    platforms: platforms.map(formatPlatform),
    sentBytes,
  };
}

function warnOfEmulation(
  { name, platform }: ContainerEngine,
  platforms: readonly Platform[],
  ctx: Context,
): void {
  if (platforms.some((one) => samePlatform(one, platform))) return;
  const loaded = platforms.map(formatPlatform).join(', ');
  const message = `${name} runs ${formatPlatform(platform)}; the image for ${loaded} needs emulation there.`;
  ctx.emit({ type: 'warning', message });
}
