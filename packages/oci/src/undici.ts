/**
 * For who waits for undici with `import()`: where the program is packed into a few files, a library in CommonJS has its
 * exports by name only if they are imported as here.
 */
export { Agent, EnvHttpProxyAgent } from 'undici';
