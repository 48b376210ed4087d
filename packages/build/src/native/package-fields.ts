/** Fields of somebody's package.json, which may have anything in them. */
export function textField(object: unknown, name: string): string | undefined {
  const value = (object as Readonly<Record<string, unknown>> | null | undefined)?.[name];
  return typeof value === 'string' || typeof value === 'number' ? String(value) : undefined;
}

export function field(object: unknown, name: string): unknown {
  return typeof object === 'object' && object !== null
    ? (object as Readonly<Record<string, unknown>>)[name]
    : undefined;
}

export function numbersField(object: unknown, name: string): readonly number[] {
  const value = field(object, name);
  return Array.isArray(value) ? value.filter((one): one is number => Number.isInteger(one) && one > 0) : [];
}

/** Whether a package says that it needs another when it runs. */
export function dependsOn(manifest: Readonly<Record<string, unknown>>, ...names: readonly string[]): boolean {
  const needed = { ...(field(manifest, 'dependencies') ?? {}) };
  return names.some((name) => name in needed);
}
