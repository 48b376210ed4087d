/** The keys of one place in a load file: those that mean something here, and those that only Artillery knows. */
export interface Vocabulary {
  readonly supported: readonly string[];
  readonly artilleryOnly: readonly string[];
}

/**
 * A phase's "scenarios" are our own: Artillery, which passes over keys that it does not know, sends all of a file's
 * scenarios in each of its phases.
 * https://www.artillery.io/docs/reference/test-script and https://www.artillery.io/docs/reference/engines/http
 */
export const vocabulary = {
  file: { supported: ['config', 'scenarios'], artilleryOnly: ['before', 'after'] },
  config: {
    supported: ['target', 'phases', 'environments'],
    artilleryOnly: configWords(),
  },
  environment: { supported: ['target', 'phases'], artilleryOnly: configWords() },
  phase: {
    supported: ['name', 'duration', 'arrivalRate', 'scenarios'],
    artilleryOnly: ['rampTo', 'arrivalCount', 'maxVusers', 'pause', 'mode'],
  },
  scenario: {
    supported: ['name', 'weight', 'flow'],
    artilleryOnly: words(
      'engine variables processor testFunction flowFunction exec',
      'beforeRequest afterResponse beforeScenario afterScenario',
    ),
  },
  step: {
    supported: ['get'],
    artilleryOnly: words(
      'post put patch delete head options think loop parallel function log',
      'count over whileTrue ifTrue emit send connect namespace',
    ),
  },
  get: {
    supported: ['url', 'headers'],
    artilleryOnly: words(
      'name json body form formData qs cookie auth gzip followRedirect timeout capture match expect ifTrue',
      'beforeRequest afterResponse setContentLengthHeader',
    ),
  },
} satisfies Record<string, Vocabulary>;

function configWords(): readonly string[] {
  return words(
    'payload plugins processor variables tls defaults http http2 engines ensure apdex',
    'statsInterval includeFiles bundling mode phase ws socketio socketio-v3',
  );
}

function words(...lines: readonly string[]): readonly string[] {
  return lines.flatMap((line) => line.split(' '));
}
