import {
  type GeminiBehaviourName,
  startGeminiWire,
  startOpenAiWire,
  startVeoWire,
  type VeoBehaviourName,
} from '@repo/ai/testing';
import { encodeVideo } from '@repo/media/video';
import type { AnthropicBehaviourName } from '../../packages/ai/src/testing/anthropic-behaviours.ts';
import { startAnthropicWire } from '../../packages/ai/src/testing/anthropic-wire.ts';
import type { OpenAiBehaviourName } from '../../packages/ai/src/testing/openai-behaviours.ts';
import type { Vendor } from './moods.ts';
import { type Arrival, type GateOptions, openGate } from './vendor-gate.ts';

export type ChaosVendors = {
  /** Settings by which our processes reach them. */
  env: Record<string, string>;
  /** Every request that reached a vendor, in order. */
  arrivals: Arrival[];
  stop(): Promise<void>;
};

type Options = Pick<GateOptions, 'seed' | 'kindOf' | 'isCalm' | 'slowestMs' | 'stallMs' | 'problems'>;

/** All vendors, each speaking its own wire format, in the moods that the seed gives them. */
export async function startVendors(options: Options): Promise<ChaosVendors> {
  const arrivals: Arrival[] = [];
  const [gemini, openai, anthropic, veo] = await Promise.all([
    startGeminiWire({ apiKey: 'chaos-gemini-key' }),
    startOpenAiWire(),
    startAnthropicWire(),
    startVeoWire({ film: await aSmallFilm(), runs: 0 }),
  ]);
  const gate = (vendor: Vendor, origin: string, script: GateOptions['script']) =>
    openGate({ ...options, arrivals, vendor, origin, script });
  const gates = {
    gemini: await gate('gemini', gemini.baseUrl, (_, behaviour) => {
      gemini.next(behaviour as GeminiBehaviourName);
      return gemini.arrival(gemini.requests.length + 1);
    }),
    openai: await gate('openai', openai.origin, (_, behaviour) => {
      openai.next(behaviour as OpenAiBehaviourName);
      return openai.arrival(openai.requests.length + 1);
    }),
    anthropic: await gate('anthropic', anthropic.baseUrl, (_, behaviour) => {
      anthropic.next(behaviour as AnthropicBehaviourName);
      return anthropic.arrival(anthropic.requests.length + 1);
    }),
    veo: await gate('veo', veo.origin, (door, behaviour) => {
      const at = door === 'poll' ? veo.polls : veo.submits;
      at.next(behaviour as VeoBehaviourName);
      return at.arrival(at.requests.length + 1);
    }),
  };
  return {
    env: {
      GEMINI_API_KEY: gemini.apiKey,
      GEMINI_BASE_URL: gates.gemini.origin,
      OPENAI_API_KEY: openai.apiKey,
      OPENAI_BASE_URL: `${gates.openai.origin}/v1`,
      ANTHROPIC_API_KEY: anthropic.apiKey,
      ANTHROPIC_BASE_URL: gates.anthropic.origin,
      VERTEX_PROJECT: veo.project,
      VERTEX_LOCATION: veo.location,
      VERTEX_ACCESS_TOKEN: veo.accessToken,
      VERTEX_BASE_URL: gates.veo.origin,
    },
    arrivals,
    async stop() {
      await Promise.all(Object.values(gates).map((one) => one.stop()));
      await Promise.all([gemini.close(), openai.close(), anthropic.close(), veo.close()]);
    },
  };
}

const WIDTH = 96;
const HEIGHT = 64;

async function aSmallFilm(): Promise<Uint8Array> {
  async function* frames() {
    for (let at = 0; at < 8; at++) yield Buffer.alloc(WIDTH * HEIGHT * 4, 40 + at * 20);
  }
  return encodeVideo({ width: WIDTH, height: HEIGHT, framesPerSecond: 8, frames: frames() });
}
