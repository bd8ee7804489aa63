import { ASPECT_RATIOS, type Capabilities, IMAGE_QUALITIES, IMAGE_SIZES, IMAGE_STYLES } from '@repo/ai';
import type { CatalogueEntry, ModelOrder } from '@repo/domain/generation/catalogue';
import { GENERATION_KINDS, type GenerationKind } from '@repo/domain/generation/rules';
import type { Env } from '../env.ts';

/** What the catalogue is made from: every setting about models. */
export type ModelEnv = Pick<
  Env,
  | Extract<keyof Env, `${string}_API_KEY` | `${string}_BASE_URL` | `${string}_MODEL` | `MODEL${string}`>
  | Extract<keyof Env, `VERTEX_${string}` | `AZURE_OPENAI_${string}`>
  | 'GOOGLE_APPLICATION_CREDENTIALS'
  | 'DISABLED_MODELS'
>;

export const LOCAL = { effects: 'local/effects', motion: 'local/motion', rules: 'local/rules' } as const;

/** The ids that stand here once, and the settings that overrule them. */
export const modelIds = (env: ModelEnv) => ({
  geminiImage: env.GEMINI_IMAGE_MODEL ?? 'gemini-3.1-flash-image',
  geminiText: env.GEMINI_TEXT_MODEL ?? 'gemini-3.1-flash',
  geminiEmbed: env.GEMINI_EMBED_MODEL ?? 'gemini-embedding-001',
  veo: env.VEO_MODEL ?? 'veo-3.1-generate-preview',
  anthropic: env.ANTHROPIC_MODEL ?? 'claude-sonnet-5-5',
  openaiImage: env.OPENAI_IMAGE_MODEL ?? 'gpt-image-1.5',
  openaiText: env.OPENAI_TEXT_MODEL ?? 'gpt-5-mini',
  openaiEmbed: env.OPENAI_EMBED_MODEL ?? 'text-embedding-3-small',
});

/** Days on which vendors end models, as they announced them. */
const RETIRES_ON: Record<string, string> = {
  'claude-sonnet-4-5-20250929': '2026-11-30',
};

const PICTURES: Partial<Capabilities> = {
  aspectRatios: ASPECT_RATIOS,
  styles: IMAGE_STYLES,
  sizes: IMAGE_SIZES,
  maxReferences: 13,
};
const FILMS: Partial<Capabilities> = {
  videoSeconds: [4, 6, 8],
  videoResolutions: ['720p', '1080p'],
  videoRatios: ['16:9', '9:16'],
  firstFrame: true,
  lastFrame: true,
};
/** About a cent a credit: what is sold covers what is paid. */
const PICTURE = { per: 'image', credits: 4 } as const;
const LARGE_PICTURE = { per: 'image', credits: 5 } as const;
const WORDS = { per: 'thousand tokens', credits: 1 } as const;
const DEAR_WORDS = { per: 'thousand tokens', credits: 2 } as const;
const NUMBERS = { per: 'thousand tokens', credits: 0.1 } as const;
const LOOK = { per: 'call', credits: 1 } as const;
const FREE = { per: 'call', credits: 0 } as const;

const real = { isPaid: true, isStandIn: false, atOnce: 8 } as const;
const standIn = { provider: 'local', isPaid: false, isStandIn: true, atOnce: 64, cost: {} } as const;

type Row = Omit<CatalogueEntry, 'retiresOn' | 'isEnabled'> & { isSet: unknown };

/** The catalogue: every model there is a way to reach, best first within a kind unless a setting says otherwise. */
function allModels(env: ModelEnv): Row[] {
  const ids = modelIds(env);
  const azure = env.AZURE_OPENAI_ENDPOINT;
  const talks = { 'text.structured': WORDS, 'text.stream': WORDS, 'image.describe': LOOK } as const;
  // The vendor's newest models paint a square or 3:2, and no other size.
  const gptPictures = { ...PICTURES, aspectRatios: ['1:1', '3:2'], qualities: IMAGE_QUALITIES, sizes: ['1K'] } as const;
  const hasModels = env.GEMINI_API_KEY || env.OPENAI_API_KEY || azure;
  return [
    {
      ...real,
      isSet: env.GEMINI_API_KEY,
      id: `google/${ids.geminiImage}`,
      provider: 'google',
      label: `Gemini (${ids.geminiImage})`,
      prices: { 'image.edit': PICTURE, 'image.create': PICTURE },
      cost: { image: 39_000 },
      capabilities: PICTURES,
      typicalSeconds: 12,
    },
    {
      ...real,
      isSet: azure && env.AZURE_OPENAI_IMAGE_DEPLOYMENT,
      id: `azure/${env.AZURE_OPENAI_IMAGE_DEPLOYMENT}`,
      provider: 'azure',
      label: `Azure OpenAI (${env.AZURE_OPENAI_IMAGE_DEPLOYMENT})`,
      prices: { 'image.edit': PICTURE, 'image.create': PICTURE },
      cost: { image: 40_000 },
      capabilities: gptPictures,
      typicalSeconds: 20,
    },
    {
      ...real,
      isSet: env.OPENAI_API_KEY,
      id: `openai/${ids.openaiImage}`,
      provider: 'openai',
      label: `OpenAI (${ids.openaiImage})`,
      prices: { 'image.edit': PICTURE, 'image.create': PICTURE },
      cost: { image: 40_000 },
      capabilities: gptPictures,
      typicalSeconds: 20,
    },
    {
      ...real,
      isSet: env.OPENAI_API_KEY && env.FLUX_MODEL,
      id: `openai/${env.FLUX_MODEL}`,
      provider: 'openai',
      label: `Flux (${env.FLUX_MODEL})`,
      prices: { 'image.create': LARGE_PICTURE },
      cost: { image: 50_000 },
      capabilities: { ...PICTURES, sizes: ['1K', '2K'], maxReferences: 0 },
      typicalSeconds: 10,
    },
    {
      ...real,
      isSet: env.VERTEX_PROJECT,
      id: `vertex/${ids.veo}`,
      provider: 'vertex',
      label: `Veo (${ids.veo})`,
      prices: { 'video.create': { per: 'second', credits: 20 } },
      cost: { second: 200_000 },
      capabilities: { ...FILMS, audio: true },
      typicalSeconds: 90,
      atOnce: 4,
    },
    {
      ...real,
      isSet: azure && env.AZURE_OPENAI_DEPLOYMENT,
      id: `azure/${env.AZURE_OPENAI_DEPLOYMENT}`,
      provider: 'azure',
      label: `Azure OpenAI (${env.AZURE_OPENAI_DEPLOYMENT})`,
      prices: talks,
      cost: { thousandInputTokens: 250, thousandOutputTokens: 2_000 },
      capabilities: {},
      typicalSeconds: 4,
    },
    {
      ...real,
      isSet: env.OPENAI_API_KEY,
      id: `openai/${ids.openaiText}`,
      provider: 'openai',
      label: `OpenAI (${ids.openaiText})`,
      prices: talks,
      cost: { thousandInputTokens: 250, thousandOutputTokens: 2_000 },
      capabilities: {},
      typicalSeconds: 4,
    },
    {
      ...real,
      isSet: env.ANTHROPIC_API_KEY,
      id: `anthropic/${ids.anthropic}`,
      provider: 'anthropic',
      label: `Claude (${ids.anthropic})`,
      prices: { ...talks, 'text.structured': DEAR_WORDS, 'text.stream': DEAR_WORDS },
      cost: { thousandInputTokens: 3_000, thousandOutputTokens: 15_000 },
      capabilities: {},
      typicalSeconds: 5,
    },
    {
      ...real,
      isSet: env.GEMINI_API_KEY,
      id: `google/${ids.geminiText}`,
      provider: 'google',
      label: `Gemini (${ids.geminiText})`,
      prices: talks,
      cost: { thousandInputTokens: 2_500, thousandOutputTokens: 2_500 },
      capabilities: {},
      typicalSeconds: 4,
    },
    {
      ...real,
      isSet: azure && env.AZURE_OPENAI_EMBED_DEPLOYMENT,
      id: `azure/${env.AZURE_OPENAI_EMBED_DEPLOYMENT}`,
      provider: 'azure',
      label: `Azure OpenAI (${env.AZURE_OPENAI_EMBED_DEPLOYMENT})`,
      prices: { 'text.embed': NUMBERS },
      cost: { thousandInputTokens: 20 },
      capabilities: {},
      typicalSeconds: 1,
    },
    {
      ...real,
      isSet: env.OPENAI_API_KEY,
      id: `openai/${ids.openaiEmbed}`,
      provider: 'openai',
      label: `OpenAI (${ids.openaiEmbed})`,
      prices: { 'text.embed': NUMBERS },
      cost: { thousandInputTokens: 20 },
      capabilities: {},
      typicalSeconds: 1,
    },
    {
      ...real,
      isSet: env.GEMINI_API_KEY,
      id: `google/${ids.geminiEmbed}`,
      provider: 'google',
      label: `Gemini (${ids.geminiEmbed})`,
      prices: { 'text.embed': NUMBERS },
      cost: { thousandInputTokens: 150 },
      capabilities: {},
      typicalSeconds: 1,
    },
    {
      ...standIn,
      isSet: true,
      id: LOCAL.effects,
      label: hasModels ? 'Local effects' : 'Local effects (no AI key set)',
      prices: { 'image.edit': PICTURE, 'image.create': PICTURE },
      capabilities: { aspectRatios: ASPECT_RATIOS },
      typicalSeconds: 2,
    },
    {
      ...standIn,
      isSet: true,
      id: LOCAL.motion,
      label: env.VERTEX_PROJECT ? 'Local motion' : 'Local motion (no film model set)',
      prices: { 'video.create': { per: 'second', credits: 1 } },
      capabilities: FILMS,
      typicalSeconds: 12,
    },
    {
      ...standIn,
      isSet: true,
      id: LOCAL.rules,
      label: 'Local rules (no AI model)',
      prices: { 'text.structured': FREE, 'text.stream': FREE, 'text.embed': FREE, 'image.describe': FREE },
      capabilities: {},
      typicalSeconds: 1,
    },
  ];
}

/** The models this installation offers: the real ones where a key is set, and always the local ones. */
export function modelEntries(env: ModelEnv): CatalogueEntry[] {
  return allModels(env)
    .filter(({ isSet }) => isSet)
    .map(({ isSet: _, ...entry }) => ({
      ...entry,
      retiresOn: RETIRES_ON[entry.id.slice(entry.provider.length + 1)] ?? null,
      isEnabled: !env.DISABLED_MODELS?.includes(entry.id),
      atOnce: env.MODELS_AT_ONCE?.[entry.provider] ?? entry.atOnce,
    }));
}

/** Where nothing is set, text may end with our own rules; pictures and films may not. */
const DEFAULT_ORDER: ModelOrder = {
  'text.structured': ['azure', 'openai', 'anthropic', 'google', 'local'],
  'text.stream': ['azure', 'openai', 'anthropic', 'google', 'local'],
};

const orderSetting = (kind: GenerationKind) =>
  `MODEL_ORDER_${kind.replace('.', '_').toUpperCase()}` as `MODEL_ORDER_${'IMAGE_EDIT'}`;

export const modelOrder = (env: ModelEnv): ModelOrder =>
  Object.fromEntries(
    GENERATION_KINDS.map((kind) => [kind, env[orderSetting(kind)] ?? DEFAULT_ORDER[kind]]).filter(([, order]) => order),
  );
