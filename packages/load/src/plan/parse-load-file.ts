import { chosenEnvironment } from './chosen-environment.ts';
import { readLoadFile } from './load-file.ts';
import type { LoadPlan, Scenario } from './load-plan.ts';
import { parsePhases } from './parse-phases.ts';
import { parseStep } from './parse-request.ts';
import {
  invalid,
  parseName,
  readList,
  readMap,
  readPositiveNumber,
  readText,
  required,
  type Setting,
} from './setting.ts';
import { vocabulary } from './vocabulary.ts';

const scenariosForm = 'a list of scenarios, each with a "flow" of requests';

/**
 * Reads a load file: the part of Artillery's format that describes constant arrival rates and GET requests.
 * Whatever else Artillery knows is an error that names it, since a plan without it would be another plan.
 * https://www.artillery.io/docs/reference/test-script
 *
 * @param path what errors call the file
 * @param environment which of the file's `config.environments` to lay over its `config`; none by default
 * @throws CATA_LOAD_FILE_SYNTAX, CATA_LOAD_FILE_EMPTY, CATA_LOAD_KEY_MISSING, CATA_LOAD_KEY_UNKNOWN,
 * CATA_LOAD_KEY_UNSUPPORTED, CATA_LOAD_VALUE_INVALID, CATA_LOAD_URL_OUTSIDE_TARGET, CATA_LOAD_ENVIRONMENT_UNKNOWN
 */
export function parseLoadFile(text: string, path: string, environment?: string): LoadPlan {
  const file = readLoadFile(text, path);
  const contents = file.document.contents ?? undefined;
  const root = { file, key: '', node: contents, position: contents };
  const top = readMap(root, vocabulary.file);
  const config = required(top, root, 'config', 'a mapping with "phases"');
  const settings = readMap(config, vocabulary.config);
  const chosen = chosenEnvironment(settings.get('environments'), path, environment);
  const target = parseTarget(chosen.get('target') ?? settings.get('target'));
  const items = readList(required(top, root, 'scenarios', scenariosForm), scenariosForm);
  const scenarios = items.map((scenario, index) => parseScenario(scenario, index, target));
  return {
    target: target?.origin,
    phases: parsePhases(
      config,
      settings,
      chosen,
      scenarios.map(({ name }) => name),
    ),
    scenarios,
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
