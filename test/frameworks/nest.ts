import type { Framework } from './framework.ts';

/** TypeScript whose decorators have to have metadata: compiled by a command, and its output picked up. */
export const nest: Framework = {
  name: 'nest',
  files: {
    'package.json': {
      name: 'nest-app',
      private: true,
      type: 'module',
      dependencies: {
        '@nestjs/common': '12.5.1',
        '@nestjs/core': '12.5.1',
        '@nestjs/platform-express': '12.5.1',
        'reflect-metadata': '0.2.2',
        rxjs: '7.8.2',
      },
      devDependencies: { typescript: '7.0.2' },
    },
    'tsconfig.json': {
      compilerOptions: {
        module: 'nodenext',
        target: 'es2023',
        outDir: 'dist',
        rootDir: 'src',
        sourceMap: true,
        experimentalDecorators: true,
        emitDecoratorMetadata: true,
        skipLibCheck: true,
        types: [],
      },
      include: ['src'],
    },
    'src/main.ts': `
      import 'reflect-metadata';
      import { Controller, Get, Injectable, Module } from '@nestjs/common';
      import { NestFactory } from '@nestjs/core';
      declare const process: { readonly arch: string; readonly env: Record<string, string> };

      @Injectable()
      class Greeter {
        greeting(): string { return 'Nest on ' + process.arch; }
      }
      @Controller()
      class Greetings {
        constructor(private readonly greeter: Greeter) {}
        @Get('hello')
        hello(): string { return this.greeter.greeting(); }
      }
      @Module({ controllers: [Greetings], providers: [Greeter] })
      class App {}

      const app = await NestFactory.create(App, { logger: ['error'] });
      await app.listen(Number(process.env.PORT), '0.0.0.0');
    `,
  },
  config: { app: { build: 'tsc', files: ['dist/**'], entry: 'dist/main.js' }, port: 3000 },
  request: { path: '/hello', answer: 'Nest on {arch}' },
};
