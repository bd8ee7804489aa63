import { type AccessCase, accessTable, answerFor, aScene, EVERYBODY, type Who } from '@repo/api/policy';
import { SCOPE_NAMES } from '@repo/domain/permissions/rules';
import { procedures } from '../ask.ts';
import { refusalByRest, refusalOver, sceneOverHttp } from '../scene-over-http.ts';
import { type Attack, inTurn, type Somebody } from '../target.ts';

/** In the suite the whole matrix is asked in-process; here every third row goes over HTTP, and all of them in the long form. */
const SHORT_EVERY = 3;
/** Besides the person; each takes pictures and remixes of their own to be made. */
const SHORT_ASKERS = 3;
const OTHERS = EVERYBODY.filter((who) => who !== 'person');
const NOBODY = 'Send an API key or a session token in the Authorization header.';
const DEAD = 'This key does not work. Check that it was copied whole, or make a new one in your settings.';

/** The policy's table over HTTP: every asker at every door, by cookie and by key, told just what it says. */
export const attack: Attack = {
  title: 'Who may what, by HTTP',
  async run(target, report) {
    const { house, wireOf, aKey } = sceneOverHttp(target);
    const scene = await aScene(house);
    const { person } = scene.actors;
    const expired = await aKey(person, SCOPE_NAMES, true);
    const rows = Object.entries(accessTable)
      // What is listened to does not end by itself.
      .filter(([path]) => procedures.find((one) => one.path === path)?.type !== 'subscription')
      // The rows of webhooks make theirs by the domain itself, which is not reached by HTTP.
      .filter(([path]) => !path.startsWith('webhooks.'))
      .flatMap(([path, cases]) => cases.map((entry) => ({ path, entry })))
      .filter((_, n) => target.share === 1 || n % SHORT_EVERY === 0);
    // Who is refused is refused by REST in the same words. Who may has done it already.
    const alike = async (path: string, input: unknown, who: Somebody | undefined, expected: Told, name: string) => {
      const told = await refusalByRest(target, path, input, who);
      if (told === undefined) return;
      // A visitor becomes a guest on our pages only.
      const isSame = told === expected.message || (who === undefined && told === NOBODY);
      report.tried(isSame ? null : `${path} by REST, ${name}: is told "${told}" instead of "${expected.message}"`);
    };
    for (const [turn, { path, entry }] of rows.entries()) {
      const inputOf = inputsOf(entry, (who) => entry.input(scene, who));
      for (const who of [...inTurn(target, OTHERS, turn, SHORT_ASKERS), 'person'] as const) {
        const refusal = await refusalOver(target, path, await inputOf(who), wireOf(scene.actors[who]));
        const expected = answerFor(entry, who).refusal;
        report.tried(problemOf(`${path}, when ${entry.when}: ${who}`, refusal, expected));
        if (expected) await alike(path, await inputOf(who), wireOf(scene.actors[who]), expected, who);
      }
      const input = await entry.input(scene, 'person');
      const scope = procedures.find((one) => one.path === path)!.scope;
      if (scope) {
        const without = await aKey(
          person,
          SCOPE_NAMES.filter((name) => name !== scope),
        );
        const refusal = await refusalOver(target, path, input, without);
        const expected = { code: 'FORBIDDEN', message: `This key lacks the scope ${scope}.` };
        report.tried(problemOf(`${path} by a key without ${scope}`, refusal, expected));
        await alike(path, input, without, expected, 'a key without its scope');
      }
      const dead = await refusalOver(target, path, input, expired);
      const ofTheDead = { code: 'UNAUTHORIZED', message: DEAD };
      report.tried(problemOf(`${path} by an expired key`, dead, ofTheDead));
      await alike(path, input, expired, ofTheDead, 'an expired key');
      const withIt = await refusalOver(target, path, input, await aKey(person, scope ? [scope] : []));
      report.tried(problemOf(`${path} by a key with its scope`, withIt, entry.person.refusal));
    }
  },
};

type Told = { code: string; message: string };
type Refusal = Told | null;

function problemOf(what: string, told: Refusal, expected: Refusal): string | null {
  const isSame = told?.code === expected?.code && told?.message === expected?.message;
  return isSame ? null : `${what} is told ${wordsOf(told)} instead of ${wordsOf(expected)}`;
}

const wordsOf = (refusal: Refusal) => (refusal ? `${refusal.code} "${refusal.message}"` : 'yes');

/** Whoever is refused asks for what the person gets in the end; whoever else may have it asks for one of their own. */
function inputsOf(entry: AccessCase, make: (who: Who) => unknown) {
  let shared: unknown;
  return async (who: Who): Promise<unknown> => {
    const isTheirs = answerFor(entry, who).refusal === null && who !== 'person';
    if (isTheirs || String(entry.input).includes('pictureOf')) return make(who);
    shared ??= await make(who);
    return shared;
  };
}
