import { readLoadFile } from './load-file.ts';
import type { LoadPlan, Phase, Scenario } from './load-plan.ts';
import { parseDurationMs } from './parse-duration.ts';
import { parseStep } from './parse-request.ts';
import {
  invalid,
  readList,
  readMap,
  readPositiveNumber,
  readText,
  required,
  type Setting,
  scalarOf,
} from './setting.ts';
import { vocabulary } from './vocabulary.ts';

const phasesForm = 'a list of phases, each with "duration" and "arrivalRate"';
const scenariosForm = 'a list of scenarios, each with a "flow" of requests';
const durationForm = 'a time above zero: seconds as a number, or a text such as "30s", "2m" or "1m 30s"';

/**
 * Reads a load file: the part of Artillery's format that describes constant arrival rates and GET requests.
 * Whatever else Artillery knows is an error that names it, since a plan without it would be another plan.
 * https://www.artillery.io/docs/reference/test-script
 *
 * @param path what errors call the file
 * @throws CATA_LOAD_FILE_SYNTAX, CATA_LOAD_FILE_EMPTY, CATA_LOAD_KEY_MISSING, CATA_LOAD_KEY_UNKNOWN,
 * CATA_LOAD_KEY_UNSUPPORTED, CATA_LOAD_VALUE_INVALID, CATA_LOAD_URL_OUTSIDE_TARGET
 */
export function parseLoadFile(text: string, path: string): LoadPlan {
  const file = readLoadFile(text, path);
  const contents = file.document.contents ?? undefined;
  const root = { file, key: '', node: contents, position: contents };
  const top = readMap(root, vocabulary.file);
  const config = required(top, root, 'config', 'a mapping with "phases"');
  const settings = readMap(config, vocabulary.config);
  const target = parseTarget(settings.get('target'));
  const phases = readList(required(settings, config, 'phases', phasesForm), phasesForm);
  const scenarios = readList(required(top, root, 'scenarios', scenariosForm), scenariosForm);
  return {
    target: target?.origin,
    phases: phases.map((phase, index) => parsePhase(phase, index)),
    scenarios: scenarios.map((scenario, index) => parseScenario(scenario, index, target)),
  };
}

function parseTarget(setting: Setting | undefined): URL | undefined {
  if (!setting) return undefined;
  const expected = 'a URL such as "http://localhost:3000"';
  const text = readText(setting, expected);
  const target = URL.canParse(text) ? new URL(text) : undefined;
  if (!target || !/^https?:$/.test(target.protocol) || target.username || target.search || target.hash) {
    throw invalid(setting, `${expected}, without a user name, query or fragment`);
  }
  return target;
}

function parsePhase(setting: Setting, index: number): Phase {
  const fields = readMap(setting, vocabulary.phase);
  const duration = required(fields, setting, 'duration', durationForm);
  const durationMs = parseDurationMs(scalarOf(duration));
  if (durationMs === undefined) throw invalid(duration, durationForm);
  const rateForm = 'a number of arrivals per second above zero, such as 50 or 0.5';
  return {
    name: parseName(fields) ?? `phase ${index + 1}`,
    durationMs,
    ratePerSecond: readPositiveNumber(required(fields, setting, 'arrivalRate', rateForm), rateForm),
  };
}

function parseScenario(setting: Setting, index: number, target: URL | undefined): Scenario {
  const fields = readMap(setting, vocabulary.scenario);
  const flowForm = 'a list of steps such as "- get: /books"';
  const weight = fields.get('weight');
  return {
    name: parseName(fields) ?? `scenario ${index + 1}`,
    weight: weight ? readPositiveNumber(weight, 'a number above zero') : 1,
    steps: readList(required(fields, setting, 'flow', flowForm), flowForm).map((step) =>
      parseStep(step, target),
    ),
  };
}

function parseName(fields: ReadonlyMap<string, Setting>): string | undefined {
  const name = fields.get('name');
  return name && readText(name, 'a text');
}
