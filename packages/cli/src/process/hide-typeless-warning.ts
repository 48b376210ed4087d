/**
 * Node says of a TypeScript file in a package without a "type" that adding one would be quicker. For the
 * configuration of a CommonJS service that is bad advice: it would break the service. All else is still said.
 */
export function hideTypelessWarning(): void {
  const others = process.listeners('warning');
  process.removeAllListeners('warning');
  process.on('warning', (warning) => {
    if ((warning as { code?: string }).code === 'MODULE_TYPELESS_PACKAGE_JSON') return;
    for (const listener of others) listener(warning);
  });
}
