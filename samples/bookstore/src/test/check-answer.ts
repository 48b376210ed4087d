import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import formats from 'ajv-formats';
import { expect } from 'vitest';
import { problemContentType } from '../problem/problem.ts';

interface Operation {
  readonly responses: Readonly<
    Record<string, { readonly content?: Readonly<Record<string, { schema: object }>> }>
  >;
}

interface ApiDescription {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
}

const descriptions = new Map<string, Promise<ApiDescription>>();
const ajv = new Ajv2020({ strict: false });
formats.default(ajv);
const validators = new WeakMap<object, ValidateFunction>();

export function describedApi(url: string): Promise<ApiDescription> {
  let description = descriptions.get(url);
  if (!description) {
    description = fetch(`${url}/openapi.json`).then((response) => response.json() as Promise<ApiDescription>);
    descriptions.set(url, description);
  }
  return description;
}

/** Status, content type and body of an answer are what the service's own description of its API says. */
export async function checkAnswer(
  url: string,
  method: string,
  path: string,
  { status, headers }: Response,
  body: string,
): Promise<void> {
  const operation = findOperation(await describedApi(url), method, path);
  const [type = ''] = (headers.get('content-type') ?? '').split(';');
  const described =
    operation?.responses[status] ??
    operation?.responses[`${String(status).charAt(0)}XX`] ??
    // What is no route answers with a problem, too.
    operation;
  if (!operation) {
    expect([status, type]).toEqual([expect.toSatisfy((code: number) => code >= 400), problemContentType]);
    return;
  }
  expect(described, `${method} ${path}: ${status} is described`).not.toBe(operation);
  const { content } = described as Operation['responses'][string];
  if (!content) {
    expect(body).toBe('');
    return;
  }
  const schema = content[type]?.schema;
  expect(schema, `${method} ${path}: ${status} of ${type} is described`).toBeDefined();
  if (!schema) return;
  const validate = validators.get(schema) ?? ajv.compile(schema);
  validators.set(schema, validate);
  validate(JSON.parse(body));
  expect(validate.errors, `${method} ${path}: ${status}`).toBeNull();
}

function findOperation({ paths }: ApiDescription, method: string, path: string): Operation | undefined {
  const [pathname = ''] = path.split('?', 1);
  const found = Object.entries(paths)
    // A path that is written out goes before one with a parameter in its place.
    .sort(([a], [b]) => Number(a.includes('{')) - Number(b.includes('{')))
    .find(([template]) => new RegExp(`^${template.replaceAll(/\{[^}]+\}/g, '[^/]+')}/?$`).test(pathname));
  return found?.[1][method.toLowerCase()];
}
