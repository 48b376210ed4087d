import { createServer } from 'node:http';

const server = createServer((_request, response) => {
  response.end('hello');
});

server.listen(0, '127.0.0.1', () => {
  const address = server.address();
  process.send?.(typeof address === 'object' ? address?.port : undefined);
});

process.on('message', (stallMs: number) => {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, stallMs);
});

process.on('disconnect', () => process.exit());
