import { startVeoWire, type VeoBehaviourName } from '../src/testing/veo-wire.ts';
import { createVeoModel } from '../src/veo/index.server.ts';
import { describeMediaModel, type MediaMood } from './contract.ts';
import { aFilm } from './veo-film.ts';

const BEHAVIOURS: Record<MediaMood, VeoBehaviourName> = {
  answers: 'well',
  'answers slowly': 'slow',
  refuses: 'filtered, nested',
  'says nothing': 'done without anything',
  'rejects the request': 'bad request',
  'rejects the key': 'unauthenticated',
  'forbids the model': 'forbidden',
  'has retired the model': 'model retired',
  'times out': 'request timeout',
  'limits the rate': 'rate limit',
  'limits the rate for 7 seconds': 'rate limit with retry-after',
  breaks: 'server error',
  'is down': 'overloaded',
  'cannot be reached': 'well',
  'resets before its answer': 'reset before headers',
  'resets in its answer': 'reset mid-body',
  'stalls in its answer': 'stall mid-body',
  'truncates its JSON': 'truncated',
  'answers with a web page': 'web page',
  'sends a huge answer': 'huge body',
  'sends no picture bytes': 'bytes that are no film',
  hangs: 'stall before headers',
};
/** What a film is refused for, or looks like, is only known when it is done. */
const SEEN_IN_THE_POLL: ReadonlySet<MediaMood> = new Set(['refuses', 'says nothing', 'sends no picture bytes']);

describeMediaModel(
  'Veo',
  async (mood, { step, timeouts }) => {
    const wire = await startVeoWire({ film: aFilm() });
    const behaviour = BEHAVIOURS[mood];
    if (step === 'poll') wire.polls.next(behaviour);
    else if (SEEN_IN_THE_POLL.has(mood)) wire.polls.usually(behaviour);
    else if (mood === 'answers slowly') for (const door of [wire.submits, wire.polls]) door.usually(behaviour);
    else wire.submits.usually(behaviour);

    const { project, location, baseUrl, accessToken } = wire;
    const credentials = { accessToken };
    const modelId = 'veo-3.1-generate-preview';
    const model = createVeoModel({ project, location, baseUrl, modelId, credentials, timeouts });
    if (mood === 'cannot be reached') await wire.close();
    return {
      model,
      apiKey: accessToken,
      paidRequests: () => wire.submits.requests.length,
      taken: () => wire.submits.arrival(1),
      close: wire.close,
    };
  },
  { kinds: ['video.create'] },
);
