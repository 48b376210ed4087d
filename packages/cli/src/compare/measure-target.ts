import type { Project } from '@catamaran/build';
import { type LoadPlan, launchGenerator } from '@catamaran/load';
import {
  type Context,
  describeRaw,
  formatPlatform,
  type Image,
  mediaTypes,
  type Platform,
  runStep,
} from '@catamaran/oci';
import type { TargetRecord } from '@catamaran/report';
import type { Host, Limits } from '@catamaran/run';
import { confirmArchitecture } from './confirm-architecture.ts';
import { loadService } from './load-service.ts';
import { requirePort } from './require-port.ts';
import { sampleResources } from './sample-resources.ts';
import { waitUntilHealthy } from './wait-until-healthy.ts';

export interface Target {
  readonly platform: Platform;
  readonly image: Image;
}

/** Starts one platform's image, loads it, and stops it again, whatever happens in between. */
export async function measureTarget(
  target: Target,
  project: Project,
  limits: Limits,
  plan: LoadPlan,
  host: Host,
  ctx: Context,
): Promise<TargetRecord> {
  const platform = formatPlatform(target.platform);
  await using resources = new AsyncDisposableStack();
  const started = await runStep(`start.${platform}`, `Start ${platform}`, ctx, async (step) => {
    const { run } = project;
    const options = {
      name: project.name,
      platform: target.platform,
      limits,
      port: requirePort(project),
      env: run.env,
      network: run.network,
    };
    const service = resources.use(await host.start(target.image, options, ctx));
    const generator = resources.use(await launchGenerator({ enter: service.enter }, ctx));
    const health = await waitUntilHealthy(service, generator, run.healthPath, run.startTimeoutSeconds, ctx);
    const startupMs = Number(ctx.clock.monotonicNs()) / 1e6 - service.startedAtMs;
    const architecture = confirmArchitecture(service, health);
    step.conclude(`healthy, on ${architecture.value}${service.emulated ? ', emulated' : ''}`);
    return { service, generator, startupMs, architecture };
  });
  const { service, generator } = started;
  const load = (title: string, phases: LoadPlan['phases']) =>
    loadService(title, phases, plan, service, generator, ctx);

  const warmup = warmupPhases(project, plan);
  if (warmup.length > 0) await load('Warm up', warmup);
  const sampling = await sampleResources(service, limits.vcpu);
  resources.defer(() => sampling.stop());
  const result = await load('Load', plan.phases);
  const completed = result.phases.reduce((sum, phase) => sum + phase.completed, 0);
  return {
    platform,
    emulated: service.emulated,
    architecture: started.architecture,
    image: await describeImage(target.image),
    startupMs: started.startupMs,
    phases: [...result.phases],
    generator: result.generator,
    resources: await sampling.finish(completed),
  };
}

/** Before anything is recorded, the first phase's rate: caches fill and the JIT compiles. */
export function warmupPhases(project: Project, plan: LoadPlan): LoadPlan['phases'] {
  const [first] = plan.phases;
  const durationMs = project.run.warmupSeconds * 1000;
  return first && durationMs > 0 ? [{ name: 'warm-up', durationMs, ratePerSecond: first.ratePerSecond }] : [];
}

async function describeImage(image: Image): Promise<TargetRecord['image']> {
  const manifest = await image.manifest();
  return {
    digest: describeRaw(mediaTypes.manifest, manifest).digest,
    sizeBytes: manifest.value.layers.reduce((sum, layer) => sum + layer.size, 0),
  };
}
