export const loadedModules: Set<string>;
