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
  readonly anyOf?: readonly Schema[];
  readonly additionalProperties?: Schema | boolean;
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

| option | type | default | meaning |
| --- | --- | --- | --- |
${rows(schema as Schema, '').join('\n')}
`;
}

function rows(schema: Schema, prefix: string): string[] {
  return Object.entries(schema.properties ?? {}).flatMap(([name, property]) => {
    const path = prefix + name;
    const required = schema.required?.includes(name) ?? false;
    const own = `| \`${path}\` | ${typeOf(property)} | ${defaultOf(property, required)} | ${property.description ?? ''} |`;
    const inner = property.properties ? property : property.items;
    const below = inner?.properties ? rows(inner, property.items ? `${path}[].` : `${path}.`) : [];
    return [own, ...below];
  });
}

function typeOf(schema: Schema): string {
  if (schema.anyOf) return [...new Set(schema.anyOf.map(typeOf))].join(' or ');
  if (schema.const !== undefined) return `\`${JSON.stringify(schema.const)}\``;
  if (schema.enum) return schema.enum.map((value) => `\`${JSON.stringify(value)}\``).join(' or ');
  if (schema.type === 'array') return `list of ${schema.items ? typeOf(schema.items) : 'anything'}`;
  const values = schema.additionalProperties;
  if (schema.type === 'object' && !schema.properties && typeof values === 'object')
    return `name → ${typeOf(values)}`;
  return String(schema.type ?? 'anything');
}

function defaultOf(schema: Schema, required: boolean): string {
  if (schema.properties) return '';
  if (schema.default !== undefined) return `\`${JSON.stringify(schema.default)}\``;
  return required ? 'required' : '';
}
