import type { Framework } from './framework.ts';

/** What Next.js itself has traced, native packages of the builder's among it. */
export const next: Framework = {
  name: 'next',
  files: {
    'package.json': {
      name: 'next-app',
      private: true,
      dependencies: { next: '16.4.6', react: '19.3.1', 'react-dom': '19.3.1' },
    },
    'next.config.mjs': `export default { output: 'standalone' };`,
    'app/layout.js':
      'export default function Layout({ children }) { return <html><body>{children}</body></html>; }',
    'app/hello/route.js': `
      export const dynamic = 'force-dynamic';
      export async function GET() {
        const sharp = (await import('sharp')).default;
        const picture = sharp({ create: { width: 2, height: 3, channels: 3, background: '#f00' } });
        const { data, info } = await picture.png().toBuffer({ resolveWithObject: true });
        return new Response(info.format + ' of ' + info.width + ' by ' + info.height + ' on ' + process.arch);
      }
    `,
    'public/logo.svg': '<svg xmlns="http://www.w3.org/2000/svg"/>',
  },
  config: {
    app: {
      build: 'next build',
      files: [
        { from: '.next/standalone' },
        { from: '.next/static', to: '.next/static' },
        { from: 'public', to: 'public' },
      ],
      entry: 'server.js',
      dependencies: 'traced',
    },
    env: { HOSTNAME: '0.0.0.0' },
    port: 3000,
  },
  request: { path: '/hello', answer: 'png of 2 by 3 on {arch}' },
};
