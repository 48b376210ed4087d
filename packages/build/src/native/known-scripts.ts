/** Scripts that do nothing for the package itself, whoever has them: banners, Git hooks, and which package manager to use. */
const harmless: readonly RegExp[] = [
  /^(?:npx )?opencollective(?:-postinstall| postinstall)?$/,
  /^(?:npx )?husky(?: install)?$/,
  /^(?:npx )?only-allow \w+$/,
  /^(?:exit 0|true|:)$/,
  /^echo (?:"[^"$`]*"|'[^']*'|[\w .!-]*)$/,
];

/** Scripts of one package each, in their own words. */
const ofPackages: Readonly<Record<string, readonly string[]>> = {
  // Ask for money.
  'core-js': [`node -e "try{require('./postinstall')}catch(e){}"`],
  'core-js-pure': [`node -e "try{require('./postinstall')}catch(e){}"`],
  'es5-ext': [`node -e "try{require('./_postinstall')}catch(e){}"`],
  'styled-components': ['node ./postinstall.js'],
  // Says when it is asked for by a range of versions that it does not follow.
  protobufjs: ['node scripts/postinstall'],
  // Sets a mode that the file in the tarball has.
  '@ffmpeg-installer/linux-x64': ['chmod u+x ffmpeg'],
  '@ffmpeg-installer/linux-arm64': ['chmod u+x ffmpeg'],
};

/**
 * Scripts that only look whether the package's own binary for the platform is there, or compile one where it is not,
 * and whose package loads it from where it is in the tarball.
 */
const looking: Readonly<Record<string, string>> = {
  oracledb: 'node package/install.js',
  // On amd64 it also downloads what is for GPUs, which the tarball's library works without.
  'onnxruntime-node': 'node ./script/install',
  '@sentry-internal/node-cpu-profiler': 'node scripts/check-build.js',
};

/** Whether a package is the same with and without its install script having been run. */
export function isHarmless(name: string, script: string): boolean {
  const commands = script.split(/&&|\|\||;/).map((command) => command.trim());
  return commands.every(
    (command) =>
      harmless.some((pattern) => pattern.test(command)) || (ofPackages[name]?.includes(command) ?? false),
  );
}

/** Whether a script has nothing to do where the tarball has a binary for the platform. */
export function onlyLooks(name: string, script: string): boolean {
  return looking[name] === script;
}
