import type { Framework } from './framework.ts';

/** JavaScript as it is, CommonJS, with a view that it reads beside itself. */
export const express: Framework = {
  name: 'express',
  files: {
    'package.json': { name: 'express-app', private: true, dependencies: { express: '5.3.0' } },
    'server.js': `
      const { readFileSync } = require('node:fs');
      const { join } = require('node:path');
      const express = require('express');
      const page = readFileSync(join(__dirname, 'views', 'page.html'), 'utf8');
      const app = express();
      app.get('/hello', (request, response) => response.send(page.replace('{arch}', process.arch)));
      app.listen(Number(process.env.PORT), '0.0.0.0');
    `,
    'views/page.html': '<p>Express on {arch}</p>',
    'test/server.test.js': 'throw new Error("a test is no part of the application");',
    '.dockerignore': 'node_modules\ntest\n*.md\n',
  },
  config: { app: { entry: 'server.js', bundle: false }, port: 8080, stopSignal: 'SIGINT' },
  request: { path: '/hello', answer: '<p>Express on {arch}</p>' },
};
