import type { Project } from '@catamaran/build';
import { type Context, isImageIndex, layoutStore } from '@catamaran/oci';
import type { BuiltProject } from '../build/build-project.ts';
import type { Environment } from '../process/environment.ts';
import type { Terminal } from '../process/terminal.ts';
import { type EngineTarget, type LoadedDocument, loadIntoEngine, openEngineTarget } from './engine-target.ts';
import type { Output } from './output.ts';
import { requireOutputs } from './require-outputs.ts';
import { type OutputDocument, writeOutput } from './write-output.ts';

/** Where a build's image goes besides the layout. */
export interface DeliveryOptions {
  readonly outputs: readonly Output[];
  /** Undefined: into no engine. */
  readonly load: { readonly tags: readonly string[] } | undefined;
  readonly layout: string;
  /** A file that is told what the check found, in SARIF. */
  readonly checkReport?: string;
}

/** Each where it was asked for. */
export interface Delivered {
  readonly outputs?: readonly OutputDocument[];
  readonly loaded?: LoadedDocument;
}

/** What a project's images are delivered to, looked at before the first is built. */
export interface Deliveries extends AsyncDisposable {
  deliver(built: BuiltProject, ctx: Context): Promise<Delivered>;
}

/** @throws CATA_OUTPUT_INVALID, CATA_ARCHIVE_NOT_WRITABLE, CATA_LAYOUT_NOT_WRITABLE, CATA_ENGINE_… */
export async function openDeliveries(
  { outputs, load, layout }: DeliveryOptions,
  project: Project,
  environment: Environment,
  stdout: Terminal,
  ctx: Context,
): Promise<Deliveries> {
  await requireOutputs(outputs, project);
  const target: EngineTarget | undefined = load
    ? await openEngineTarget(project, load.tags, environment, ctx)
    : undefined;
  return {
    async deliver({ digest }, inner) {
      const index = await layoutStore(layout).get({ repository: project.name, digest }, inner);
      if (!isImageIndex(index)) throw new Error(`${digest} is no index`);
      const written: OutputDocument[] = [];
      for (const output of outputs) {
        written.push(await writeOutput(output, index, project.name, stdout, inner));
      }
      const loaded = target && (await loadIntoEngine(target, index, inner));
      return { ...(outputs.length > 0 ? { outputs: written } : {}), ...(loaded ? { loaded } : {}) };
    },
    [Symbol.asyncDispose]: async () => target?.[Symbol.asyncDispose](),
  };
}
