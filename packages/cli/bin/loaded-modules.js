/**
 * The addresses of the modules that were loaded so far, where the program runs from its source: a build that was made
 * by other code is not repeated. Empty where the program is a package, whose version says it all.
 */
export const loadedModules = new Set();
