import type { Framework } from './framework.ts';

/**
 * Fastify with Prisma's client, which a command generates and esbuild bundles; its database is a package with native
 * code for each platform. To generate, Prisma needs no engine, but it fetches one that is not named.
 */
export const prisma: Framework = {
  name: 'prisma',
  files: {
    'package.json': {
      name: 'prisma-app',
      private: true,
      type: 'module',
      dependencies: { '@prisma/adapter-libsql': '7.10.0', '@prisma/client': '7.10.0', fastify: '5.12.8' },
      devDependencies: { prisma: '7.10.0' },
    },
    // Prisma's command is an optional peer of its client, and npm would count it among what production needs.
    '.npmrc': 'legacy-peer-deps=true\n',
    'prisma.config.ts': `
      import { defineConfig } from 'prisma/config';
      export default defineConfig({ schema: 'prisma/schema.prisma' });
    `,
    'prisma/schema.prisma': `
      generator client {
        provider = "prisma-client"
        output   = "../src/generated"
      }
      datasource db {
        provider = "sqlite"
      }
      model Book {
        id    Int    @id @default(autoincrement())
        title String
      }
    `,
    'src/main.ts': `
      import { PrismaLibSql } from '@prisma/adapter-libsql';
      import fastify from 'fastify';
      import { PrismaClient } from './generated/client.ts';
      const database = new PrismaClient({ adapter: new PrismaLibSql({ url: 'file::memory:?cache=shared' }) });
      await database.$executeRawUnsafe('CREATE TABLE Book (id INTEGER PRIMARY KEY AUTOINCREMENT, title TEXT NOT NULL)');
      await database.book.create({ data: { title: 'Prisma on ' + process.arch } });
      const app = fastify();
      app.get('/books', () => database.book.findMany());
      await app.listen({ port: Number(process.env.PORT), host: '0.0.0.0' });
    `,
  },
  config: {
    app: { build: 'PRISMA_SCHEMA_ENGINE_BINARY=/bin/true prisma generate', entry: 'src/main.ts' },
    port: 3000,
  },
  request: { path: '/books', answer: '[{"id":1,"title":"Prisma on {arch}"}]' },
};
