import { z } from 'zod';
import { publishSchema } from './publish-schema.ts';

/** Options of the base that is composed from Debian's packages. */
const debianBase = z
  .strictObject({
    kind: z.literal('debian').default('debian'),
    suite: z.literal('bookworm').default('bookworm').describe('The Debian release.'),
    packages: z
      .array(z.string().regex(/^[a-z0-9][a-z0-9+.-]+$/, 'is not the name of a Debian package'))
      .default(['base-files', 'ca-certificates', 'libc6', 'libgcc-s1', 'libstdc++6'])
      .describe('Packages to put into the base; what they depend on comes along.'),
    sources: z
      .array(
        z.strictObject({
          uri: z.url({ protocol: /^https?$/ }).describe('The mirror, as in apt’s URIs.'),
          suites: z.array(z.string().min(1)).min(1),
          components: z.array(z.string().min(1)).default(['main']),
          signedBy: z
            .string()
            .describe(
              'The keyring that signs this source: a path from this file’s folder, or an armoured key.',
            ),
        }),
      )
      .optional()
      .describe('Where the packages come from. Default: the sources of this machine’s apt.'),
  })
  .prefault({});

const environment = z.record(z.string().regex(/^[A-Za-z_]\w*$/, 'is not the name of a variable'), z.string());

/** `catamaran.config.ts`, as it is written. */
export const configSchema = z
  .strictObject({
    name: z
      .string()
      .regex(
        /^[a-z0-9]+(?:[._-][a-z0-9]+)*$/,
        'must be lower-case letters and digits, with . _ - between them',
      )
      .describe('The name of the image.'),
    platforms: z
      .array(z.string())
      .min(1)
      .default(['linux/amd64', 'linux/arm64'])
      .describe('What to build for, as os/architecture.'),
    base: debianBase.describe('The root file system under the application.'),
    node: z
      .string()
      .regex(/^\d+\.\d+\.\d+$/, 'must be a full version, as in "24.21.0"')
      .default('24.21.0')
      .describe('The version of Node.js in the image.'),
    app: z
      .strictObject({
        entry: z.string().min(1).describe('The file that starts the service, TypeScript or JavaScript.'),
        typecheck: z
          .boolean()
          .default(true)
          .describe('Check types with the project’s own TypeScript, where there is a tsconfig.json.'),
        skipInstallScripts: z
          .array(z.string())
          .default([])
          .describe('Packages that work without the install script they have.'),
      })
      .describe('The application.'),
    port: z
      .int()
      .min(1)
      .max(65535)
      .default(3000)
      .describe('The port that the service listens on, given to it as PORT.'),
    env: environment.default({}).describe('Environment variables of the image.'),
    labels: z
      .record(z.string().min(1), z.string())
      .default({})
      .describe('Labels and annotations of the image.'),
    publish: publishSchema.describe('Where “catamaran push” puts the image.'),
    run: z
      .strictObject({
        healthPath: z
          .string()
          .startsWith('/')
          .default('/')
          .describe('Answers 2xx once the service is ready.'),
        startTimeoutSeconds: z
          .number()
          .positive()
          .max(600)
          .default(60)
          .describe('How long it may take until then.'),
        env: environment.default({}).describe('More environment variables, for local runs only.'),
        network: z
          .enum(['private', 'host'])
          .default('private')
          .describe(
            '"private": loopback of its own, nothing else. "host": the machine’s, to reach a database.',
          ),
        vcpu: z.number().positive().max(192).default(0.5).describe('CPU limit, as Fargate sizes it.'),
        memoryMiB: z.int().min(64).default(1024).describe('Memory limit.'),
        load: z.string().min(1).default('load.yml').describe('The load test, in Artillery’s format.'),
        warmupSeconds: z.number().min(0).max(600).default(5).describe('Load before anything is recorded.'),
      })
      .prefault({})
      .describe('How the service is run and measured.'),
  })
  .describe('Configuration of Catamaran.');

/** What a person writes: every default may be left out. */
export type Config = z.input<typeof configSchema>;
export type ParsedConfig = z.output<typeof configSchema>;
