import { realpathSync } from 'node:fs';
import { buildErrors, RecordedInputs } from '@catamaran/build';
import type { Context, Digest } from '@catamaran/oci';
import { type BuildDocument, buildDocument } from '../build/build-document.ts';
import { buildProject } from '../build/build-project.ts';
import { namedPlatforms, type OpenedProject, openProject } from '../build/open-project.ts';
import {
  type Delivered,
  type Deliveries,
  type DeliveryOptions,
  openDeliveries,
} from '../outputs/deliveries.ts';
import type { Environment } from '../process/environment.ts';
import type { Terminal } from '../process/terminal.ts';
import type { RegistriesWhenNeeded } from '../registry/registries-when-needed.ts';
import { projectTree, sourceTree } from './source-tree.ts';
import type { Round } from './watch-loop.ts';
import { both, type Watched, watchedOf } from './watched.ts';

export interface BuildToRepeat {
  readonly folder: string;
  readonly platforms: readonly string[] | undefined;
  readonly delivery: DeliveryOptions;
  readonly environment: Environment;
  readonly registries: RegistriesWhenNeeded;
  readonly stdout: Terminal;
}

export type BuildOutcome =
  | { readonly document: BuildDocument; readonly delivered: Delivered }
  | { readonly error: unknown };

/** Builds of one project, one after the other. */
export class RepeatedBuild {
  readonly #build: BuildToRepeat;
  /** Without links, as builds tell of what they read. */
  readonly root: string;
  #watched: Watched = watchedOf({ files: [], folders: [] });
  #delivered: Digest | undefined;
  /** What no change of a file mends: there is no engine, or the command line is wrong. */
  #obstacle: unknown;
  #isFirst = true;
  /** As far as the configuration could be read. */
  #runsCommand = false;

  /** @throws CATA_PROJECT_MISSING, CATA_PLATFORM_INVALID */
  constructor(build: BuildToRepeat) {
    namedPlatforms(build.platforms);
    this.#build = build;
    try {
      this.root = realpathSync(build.folder);
    } catch (cause) {
      throw buildErrors.CATA_PROJECT_MISSING({ path: build.folder }, { cause });
    }
  }

  /** @throws what is wrong with where the image is to go, the first time */
  async run(ctx: Context): Promise<Round<BuildOutcome>> {
    const inputs = new RecordedInputs();
    try {
      const outcome = await this.#buildOnce(inputs, ctx);
      this.#watched = watchedOf(inputs.inputs);
      return await this.#round(outcome, this.#watched);
    } catch (error) {
      if (error === this.#obstacle) throw error;
      // What the build would have read is known in part: that, what was known before, and what may mend it.
      this.#watched = both(this.#watched, watchedOf(inputs.inputs));
      return await this.#round({ error }, both(this.#watched, await sourceTree(this.root)));
    } finally {
      this.#isFirst = false;
    }
  }

  /** Nobody knows what a command reads. */
  async #round(outcome: BuildOutcome, watched: Watched): Promise<Round<BuildOutcome>> {
    const runsCommand = this.#runsCommand;
    const all = runsCommand ? both(watched, await projectTree(this.root)) : watched;
    return { outcome, watched: all, runsCommand };
  }

  async #buildOnce(inputs: RecordedInputs, ctx: Context): Promise<BuildOutcome> {
    const { folder, platforms, environment, delivery, registries } = this.#build;
    const opened = await openProject(folder, platforms, environment, {}, inputs);
    this.#runsCommand = opened.project.app.build !== undefined;
    await using deliveries = await this.#open(opened, ctx);
    const built = await buildProject(opened, delivery, environment, registries.open, ctx);
    const document = await buildDocument(built, delivery.layout);
    if (built.digest === this.#delivered) return { document, delivered: {} };
    const delivered = await deliveries.deliver(built, ctx);
    this.#delivered = built.digest;
    return { document, delivered };
  }

  #open({ project }: OpenedProject, ctx: Context): Promise<Deliveries> {
    const { delivery, environment, stdout } = this.#build;
    return openDeliveries(delivery, project, environment, stdout, ctx).catch((error: unknown) => {
      if (this.#isFirst) this.#obstacle = error;
      throw error;
    });
  }
}
