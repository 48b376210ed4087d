import type { Scope } from '../plan/scope.ts';
import { isWithin } from './builder-copies.ts';

/** A command that makes, or fetches, something for the machine that it runs on unless it is told otherwise. */
export interface Compiler {
  readonly what: string;
  readonly pattern: RegExp;
  /** Whether a command, in its script and with its variables, is told what it is for. */
  isTold(command: string, script: string, scope: Scope): boolean;
  /** The command as it should be; undefined when there is no short way. */
  mend?(command: string): string;
  /** Whether its output is surely among what is copied. */
  isSurely(command: string, sources: readonly string[]): boolean;
  /** Whether it may be. */
  isPerhaps(command: string, sources: readonly string[], folder: string): boolean;
}

const mentionsTarget = (script: string) => /\bTARGET(ARCH|PLATFORM)\b|\bxx-/.test(script);
/** What may have machine code in it, by its name. */
export const isBinary = (path: string) =>
  !/\.(js|mjs|cjs|map|css|html?|json|ya?ml|toml|txt|md|crt|pem|sql|sh|py|rb|php|jar|war|svg|png|ico|proto|conf)$|^\/etc\/|^\/usr\/share\//i.test(
    path,
  );
const anyBinary = (sources: readonly string[]) => sources.some(isBinary);

export const compilers: readonly Compiler[] = [
  {
    what: 'Go compiles',
    pattern: /(?:^|\s)go\s+(?:build|install)\b/,
    isTold: (_, script, scope) =>
      /\bGOARCH\b/.test(script) || scope.has('GOARCH') || /\bxx-go\b/.test(script),
    mend: (command) => command.replace(/(^|\s)go(\s+(?:build|install)\b)/, '$1GOARCH=$TARGETARCH go$2'),
    isSurely: (command, sources) => {
      const output = /\s-o[= ]?["']?(\S+)/.exec(command)?.[1];
      return output !== undefined && sources.some((source) => isWithin(output, source));
    },
    isPerhaps: (_, sources) => anyBinary(sources),
  },
  {
    what: 'cargo compiles',
    pattern: /(?:^|\s)cargo\s+(?:\+\S+\s+)?(?:build|install|rustc)\b/,
    isTold: (command, script, scope) =>
      command.includes('--target ') ||
      command.includes('--target=') ||
      /CARGO_BUILD_TARGET/.test(script) ||
      scope.has('CARGO_BUILD_TARGET'),
    isSurely: (_, sources) => sources.some((source) => /\btarget\/(release|debug)\b/.test(source)),
    isPerhaps: (_, sources) => anyBinary(sources),
  },
  {
    what: '.NET makes the program that starts the application',
    pattern: /(?:^|\s)dotnet\s+(?:publish|build)\b/,
    isTold: (command) =>
      /\s(-a|--arch|-r|--runtime|--os)[= ]|RuntimeIdentifier|UseAppHost=false|PublishContainer/.test(command),
    mend: (command) => command.replace(/(dotnet\s+(?:publish|build)\b)/, '$1 -a $TARGETARCH'),
    isSurely: () => false,
    isPerhaps: (_, sources) => anyBinary(sources),
  },
  {
    what: 'npm installs what package.json has',
    pattern:
      /(?:^|\s)(?:npm\s+(?:ci|i|install|rebuild)\b(?!.{0,300}\s(?:-g|--global)\b)|pnpm\s+(?:i|install)\b|yarn(?:\s+(?:install|--)|$))/,
    isTold: (command, _, scope) => isToldToNpm(command, scope),
    mend: (command) => mendNpm(command),
    isSurely: () => false,
    isPerhaps: (_, sources, folder) =>
      sources.some(
        (source) =>
          /(^|\/)(node_modules|\.next\/standalone|\.output)(\/|$)/.test(source) || isWithin(folder, source),
      ),
  },
  {
    what: 'pip installs packages',
    pattern: /(?:^|\s)(?:pip3?|uv\s+pip|python3?\s+-m\s+pip)\s+install\b/,
    isTold: (command) => /--platform[= ]|--no-binary/.test(command),
    isSurely: () => false,
    isPerhaps: (_, sources) =>
      sources.some((source) => /site-packages|venv|^\/install|^\/usr\/local|^\/root\/\.local/.test(source)),
  },
  {
    what: 'the compiler compiles',
    pattern:
      /(?:^|\s)(?:gcc|g\+\+|cc|clang|clang\+\+|rustc|cmake|meson|native-image|ghc|bun\s+build\s.{0,300}--compile|deno\s+compile|zig\s+build|swift\s+build)\s/,
    isTold: (command, script) =>
      mentionsTarget(script) || /--target|-target|--host|-Dtarget|toolchain/i.test(command),
    isSurely: (command, sources) => {
      const output = /\s-o\s*["']?(\S+)/.exec(command)?.[1];
      return output !== undefined && sources.some((source) => isWithin(output, source));
    },
    isPerhaps: (_, sources) => anyBinary(sources),
  },
];

function isToldToNpm(command: string, scope: Scope): boolean {
  const isNpm = /(?:^|\s)npm\s/.test(command);
  const cpu =
    /--cpu[= ]|npm_config_cpu=/i.test(command) || scope.has('npm_config_cpu') || scope.has('NPM_CONFIG_CPU');
  const scripts =
    /--ignore-scripts|--mode[= ]skip-build|npm_config_ignore_scripts=true/i.test(command) ||
    scope.has('npm_config_ignore_scripts') ||
    scope.has('NPM_CONFIG_IGNORE_SCRIPTS');
  // pnpm and Yarn take the platforms from a file that is not seen here.
  return isNpm ? cpu && scripts : scripts;
}

function mendNpm(command: string): string {
  if (!/(?:^|\s)npm\s/.test(command)) return command;
  const cpu = /--cpu[= ]/.test(command)
    ? ''
    : ' --os=linux --cpu="$([ "$TARGETARCH" = amd64 ] && echo x64 || echo "$TARGETARCH")"';
  const scripts = command.includes('--ignore-scripts') ? '' : ' --ignore-scripts';
  return `${command}${scripts}${cpu}`;
}
