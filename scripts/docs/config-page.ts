/** The part of JSON Schema that the configuration's schema uses. */
interface Schema {
  readonly type?: string | readonly string[];
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly description?: string;
  readonly default?: unknown;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly items?: Schema;
  readonly additionalProperties?: Schema | boolean;
  /** Of several kinds, told apart by a property; or of several types. */
  readonly oneOf?: readonly Schema[];
  readonly anyOf?: readonly Schema[];
}

/** A table of every option, its type, default and meaning. */
export function configPage(schema: unknown): string {
  return `# Configuration

Generated from \`packages/build/src/project/config-schema.ts\` by \`npm run docs\`; the same as JSON Schema:
[catamaran.schema.json](catamaran.schema.json).

A project is a folder with a \`catamaran.config.ts\`:

\`\`\`ts
import { defineConfig } from 'catamaran/config';

export default defineConfig({
  name: 'bookstore',
  app: { entry: 'src/main.ts' },
  port: 3000,
  run: { healthPath: '/healthz' },
});
\`\`\`

Where an option may be of several kinds, the rows below it say of which kind they are an option.

| option | type | default | meaning |
| --- | --- | --- | --- |
${rows(schema as Schema, '').join('\n')}
`;
}

function rows(schema: Schema, prefix: string, kind = ''): string[] {
  return Object.entries(schema.properties ?? {}).flatMap(([name, property]) => {
    const path = prefix + name;
    const required = schema.required?.includes(name) ?? false;
    const option = `\`${path}\`${kind && name !== kindProperty ? ` (${kind})` : ''}`;
    const meaning = name === kindProperty && kind ? schema.description : property.description;
    const own = `| ${option} | ${typeOf(property)} | ${defaultOf(property, required)} | ${meaning ?? ''} |`;
    return [own, ...rowsBelow(property, path)];
  });
}

/** What tells the kinds of an option apart. */
const kindProperty = 'kind';

function rowsBelow(property: Schema, path: string): string[] {
  const inner = property.properties || property.oneOf || property.anyOf ? property : property.items;
  const below = inner === property ? `${path}.` : `${path}[].`;
  if (!inner) return [];
  const kinds = inner.oneOf ?? inner.anyOf;
  if (!kinds) return rows(inner, below);
  return kinds.flatMap((one) => rows(one, below, String(one.properties?.[kindProperty]?.const ?? '')));
}

function typeOf(schema: Schema): string {
  const several = schema.oneOf ?? schema.anyOf;
  if (several) return [...new Set(several.map(typeOf))].join(' or ');
  if (schema.const !== undefined) return `\`${JSON.stringify(schema.const)}\``;
  if (schema.enum) return schema.enum.map((value) => `\`${JSON.stringify(value)}\``).join(' or ');
  if (schema.type === 'array') return `list of ${schema.items ? typeOf(schema.items) : 'anything'}`;
  const values = schema.additionalProperties;
  if (schema.type === 'object' && !schema.properties && typeof values === 'object')
    return `name → ${typeOf(values)}`;
  return String(schema.type ?? 'anything');
}

function defaultOf(schema: Schema, required: boolean): string {
  if (schema.properties || schema.oneOf) return '';
  if (schema.default !== undefined) return `\`${JSON.stringify(schema.default)}\``;
  return required ? 'required' : '';
}
