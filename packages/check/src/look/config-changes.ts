import { formatPlatform, type ImageConfig, type Manifest } from '@catamaran/oci';

/** A field of a configuration, or one name of a field that has names: a variable, a label. */
export interface ConfigChange {
  /** "user", "entrypoint", "env", "label", … */
  readonly field: string;
  /** Of a variable, a label, a port, a volume or an annotation. */
  readonly name?: string;
  /** Undefined where it was not there. What is no text is JSON. */
  readonly before?: string;
  /** Undefined where it is there no more. */
  readonly after?: string;
}

export interface Configured {
  readonly config: ImageConfig;
  readonly manifest: Manifest;
}

interface Field {
  readonly field: string;
  readonly name?: string;
  readonly value: string;
}

/** In what two images would be started differently, or say other things of themselves. */
export function configChanges(before: Configured, after: Configured): readonly ConfigChange[] {
  const [old, now] = [fieldsOf(before), fieldsOf(after)];
  const keys = new Set([...old.keys(), ...now.keys()]);
  return [...keys].flatMap((key): ConfigChange[] => {
    const [a, b] = [old.get(key), now.get(key)];
    const known = a ?? b;
    if (!known || a?.value === b?.value) return [];
    return [
      {
        field: known.field,
        ...(known.name === undefined ? {} : { name: known.name }),
        ...(a ? { before: a.value } : {}),
        ...(b ? { after: b.value } : {}),
      },
    ];
  });
}

/** Fields of `config` by what `catamaran inspect` calls them; those that it does not know keep their names. */
const titles: Readonly<Record<string, string>> = {
  User: 'user',
  Entrypoint: 'entrypoint',
  Cmd: 'cmd',
  WorkingDir: 'working dir',
  StopSignal: 'stop signal',
  Healthcheck: 'healthcheck',
};
/** And those that have names in them. */
const named: Readonly<Record<string, string>> = { ExposedPorts: 'port', Volumes: 'volume', Labels: 'label' };

function fieldsOf({ config, manifest }: Configured): ReadonlyMap<string, Field> {
  const fields: Field[] = [
    { field: 'platform', value: formatPlatform(config) },
    ...valueFields('created', config.created),
    ...valueFields('author', (config as { readonly author?: unknown }).author),
    ...Object.entries({ ...config.config }).flatMap(([key, value]) => executionFields(key, value)),
    ...namedFields('annotation', manifest.annotations),
  ];
  return new Map(fields.map((field) => [JSON.stringify([field.field, field.name]), field]));
}

function executionFields(key: string, value: unknown): readonly Field[] {
  if (key === 'Env' && Array.isArray(value)) return value.flatMap(variable);
  const field = named[key];
  return field === undefined ? valueFields(titles[key] ?? key, value) : namedFields(field, value);
}

function variable(text: unknown): readonly Field[] {
  if (typeof text !== 'string') return [];
  const equals = text.indexOf('=');
  const name = equals === -1 ? text : text.slice(0, equals);
  return [{ field: 'env', name, value: equals === -1 ? '' : text.slice(equals + 1) }];
}

/** Ports and volumes are names alone: with an empty object each. */
function namedFields(field: string, value: unknown): readonly Field[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).map(([name, one]) => ({ field, name, value: textOf(one) }));
}

/** What is empty says no more than what is not there: Docker writes null, "" or [] for it. */
function valueFields(field: string, value: unknown): readonly Field[] {
  const isEmpty = value === undefined || value === null || value === '' || value === false;
  if (isEmpty || (Array.isArray(value) && value.length === 0)) return [];
  return [{ field, value: textOf(value) }];
}

function textOf(value: unknown): string {
  if (typeof value === 'string') return value;
  return isEmptyObject(value) ? '' : JSON.stringify(value);
}

function isEmptyObject(value: unknown): boolean {
  return typeof value === 'object' && value !== null && Object.keys(value).length === 0;
}
