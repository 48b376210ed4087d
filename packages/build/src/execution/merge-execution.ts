import type { Annotations, ExecutionConfig } from '@catamaran/oci';
import type { Project } from '../project/project.ts';
import { defaultPath } from './default-path.ts';
import { inheritedExecution } from './inherited-execution.ts';

/** How an image is started: what the project says before what the builder says before what the base says. */
export function mergeExecution(
  project: Project,
  base: ExecutionConfig,
  builder: ExecutionConfig,
  annotations: Annotations,
): ExecutionConfig {
  const { port, user, workdir, entrypoint, cmd, stopSignal } = project;
  return {
    ...inheritedExecution(base),
    ...builder,
    ...(user === undefined ? {} : { User: user }),
    ...(workdir === undefined ? {} : { WorkingDir: workdir }),
    ...(entrypoint ? { Entrypoint: entrypoint } : {}),
    ...(cmd ? { Cmd: cmd } : {}),
    ...(stopSignal === undefined ? {} : { StopSignal: stopSignal }),
    ExposedPorts: { ...base.ExposedPorts, ...Object.fromEntries(port.map((one) => [`${one}/tcp`, {}])) },
    Env: mergeEnv(project, [...(base.Env ?? []), ...(builder.Env ?? [])]),
    Labels: { ...inheritedLabels(base.Labels ?? null), ...annotations },
  };
}

/** The last of a name counts, as it would in a shell. */
function mergeEnv({ port: [first], env }: Project, inherited: readonly string[]): string[] {
  const merged = new Map(inherited.map((line) => [line.slice(0, line.indexOf('=')), line]));
  const own = Object.entries({ ...(first === undefined ? {} : { PORT: String(first) }), ...env });
  const path = merged.get('PATH')?.slice('PATH='.length) ?? defaultPath;
  for (const [name, value] of own) {
    const whole = name === 'PATH' ? value.replace(/\$(?:PATH\b|\{PATH\})/g, () => path) : value;
    merged.set(name, `${name}=${whole}`);
  }
  return [...merged.values()];
}

/** As Docker inherits them, but not what the base says of itself in the words in which the image speaks. */
function inheritedLabels(labels: ExecutionConfig['Labels'] | null): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(labels ?? {}).filter(([name]) => !name.startsWith('org.opencontainers.image.')),
  );
}
