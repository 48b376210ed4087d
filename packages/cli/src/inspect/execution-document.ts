import type { ImageConfig } from '@catamaran/oci';

/** What a container is started with. What the image does not say is empty. */
export interface ExecutionDocument {
  readonly user: string;
  readonly entrypoint: readonly string[];
  readonly cmd: readonly string[];
  readonly workingDir: string;
  /** "NAME=value" */
  readonly env: readonly string[];
  /** "3000/tcp" */
  readonly exposedPorts: readonly string[];
  readonly volumes: readonly string[];
  readonly stopSignal: string;
  readonly labels: Readonly<Record<string, string>>;
}

/**
 * Whatever wrote the image may have left out any of it, or set it to null, as Docker does.
 * https://github.com/opencontainers/image-spec/blob/v1.1.1/config.md#properties
 */
export function executionDocument({ config }: ImageConfig): ExecutionDocument {
  const said: Readonly<Record<string, unknown>> = { ...config };
  return {
    user: textOf(said.User),
    entrypoint: textsOf(said.Entrypoint),
    cmd: textsOf(said.Cmd),
    workingDir: textOf(said.WorkingDir),
    env: textsOf(said.Env),
    exposedPorts: Object.keys(objectOf(said.ExposedPorts)),
    volumes: Object.keys(objectOf(said.Volumes)),
    stopSignal: textOf(said.StopSignal),
    labels: namedTexts(said.Labels),
  };
}

/** Labels or annotations, without what is no text. */
export function namedTexts(value: unknown): Readonly<Record<string, string>> {
  const entries = Object.entries(objectOf(value));
  return Object.fromEntries(
    entries.flatMap(([name, text]) => (typeof text === 'string' ? [[name, text]] : [])),
  );
}

export function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

function textsOf(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.filter((item) => typeof item === 'string') : [];
}

function objectOf(value: unknown): object {
  return typeof value === 'object' && value !== null ? value : {};
}
