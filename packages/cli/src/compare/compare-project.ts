import { cpus, release, totalmem } from 'node:os';
import { resolve } from 'node:path';

import { type Context, hostPlatform, type RegistryStore } from '@catamaran/oci';

import type { RunRecord, TargetRecord } from '@catamaran/report';
import { type Limits, runcHost } from '@catamaran/run';
import { euWest1, judge, requestShares } from '@catamaran/verdict';
import { buildProject } from '../build/build-project.ts';
import type { OpenedProject } from '../build/open-project.ts';
import type { Environment } from '../process/environment.ts';
import { version } from '../version.ts';
import { measureTarget, warmupPhases } from './measure-target.ts';
import { readPlan } from './read-plan.ts';
import { requirePort } from './require-port.ts';
import { requireReportFolder } from './write-reports.ts';

export interface CompareOptions {
  readonly layout: string;
  /** Where the reports will go: checked before anything is measured. */
  readonly report: string;
  /** Of the load file. */
  readonly environment?: string;
}

/** Builds a project, runs and loads every platform's image one after the other, and judges what was measured. */
export async function compareProject(
  opened: OpenedProject,
  options: CompareOptions,
  environment: Environment,
  registry: () => Promise<RegistryStore>,
  ctx: Context,
): Promise<RunRecord> {
  const { project } = opened;
  const startedAt = timestamp(ctx);
  requirePort(project);
  const plan = await readPlan(project, options.environment);
  const limits: Limits = { vcpu: project.run.vcpu, memoryMiB: project.run.memoryMiB };
  const host = runcHost({
    folder: resolve('.catamaran', 'run'),
    ...(environment.variables.PATH ? { searchPath: environment.variables.PATH } : {}),
  });
  await host.require(project.platforms);
  await requireReportFolder(options.report);
  const built = await buildProject(opened, options, environment, registry, ctx);
  const targets: TargetRecord[] = [];
  for (const platform of project.platforms) {
    const target = { platform, image: await built.index.image(platform) };
    targets.push(await measureTarget(target, project, limits, plan, host, ctx));
  }
  const machine = describeMachine();
  return {
    schemaVersion: 1,
    catamaran: version,
    startedAt,
    finishedAt: timestamp(ctx),
    project: project.name,
    image: { reference: project.name, digest: built.digest, buildMs: built.durationMs },
    machine,
    host: 'runc',
    limits,
    load: {
      source: project.run.load,
      ...(options.environment === undefined ? {} : { environment: options.environment }),
      warmupMs: warmupPhases(project, plan)[0]?.durationMs ?? 0,
      phases: [...plan.phases],
    },
    targets,
    prices: euWest1,
    verdict: judge({
      targets: targets.map((target) => ({ ...target, ...requestShares(target.phases) })),
      prices: euWest1,
      limits,
      machineArchitecture: machine.architecture,
    }),
  };
}

function describeMachine(): RunRecord['machine'] {
  return {
    architecture: hostPlatform()?.architecture ?? process.arch,
    cpuModel: cpus()[0]?.model.trim() ?? 'unknown',
    cpus: cpus().length,
    memoryBytes: totalmem(),
    kernel: release(),
  };
}

function timestamp(ctx: Context): string {
  return new Date(ctx.clock.now()).toISOString();
}
