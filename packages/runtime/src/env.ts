import { isAbsolute, resolve } from 'node:path';
import { parseAllowedHosts } from '@repo/outbound/allowed';
import { z } from 'zod';
import { operatingSettings } from './env-operating.ts';
import { encryptionProblems, storageSettings } from './env-storage.ts';
import { address, flag, NO, origin, port, setting, text, webAddress, wordings, YES, YES_OR_NO } from './env-words.ts';
import { parseKeyring } from './sealing/keyring.ts';

const days = (fallback: number) =>
  setting(
    text
      .regex(/^\d{1,3}$/)
      .transform(Number)
      .default(fallback),
    'be a number of days, 0 to 999 (0: never)',
    String(fallback),
  );
const databaseAddress = address(['postgres:', 'postgresql:']);
/** How many proxies in front are ours: only their X-Forwarded-* is believed. 0: nobody's. */
const hops = text
  .toLowerCase()
  .refine((value) => /^\d$/.test(value) || YES.includes(value) || NO.includes(value))
  .transform((value) => (/^\d$/.test(value) ? Number(value) : Number(YES.includes(value))));

const AN_ORIGIN = 'be the address people type, with http:// or https:// and without a path';
const A_DATABASE = 'be the address of a Postgres database, starting with postgres://';

const apiKey = (example: string) => setting(text.min(10).optional(), 'be an API key', example, true);
const vendorAddress = (example: string) => setting(webAddress.optional(), 'be a web address', example);
const modelId = (example: string) => setting(text.regex(/^[\w.:/-]+$/).optional(), 'be the id of a model', example);
const modelList = (example: string) =>
  setting(
    text
      .regex(/^[\w.:/-]+(\s*,\s*[\w.:/-]+)*$/)
      .transform((list) => list.split(',').map((name) => name.trim()))
      .optional(),
    'be providers or ids of models, best first, with commas between',
    example,
  );

/** Every setting there is, as it arrives: text or nothing. `.env.example` explains each one. */
export const EnvSchema = z.object({
  NODE_ENV: setting(
    z.enum(['production', 'development', 'test']).default('production'),
    'be production, development or test',
    'production',
  ),

  PORT: port(3000),
  ADMIN_PORT: port(3001),
  HOST: setting(text.regex(/^[\w.:-]+$/).optional(), 'be a host name or an IP address', '127.0.0.1'),
  APP_URL: setting(origin.optional(), AN_ORIGIN, 'https://remixify.example'),
  ADMIN_URL: setting(origin.optional(), AN_ORIGIN, 'https://admin.remixify.example'),
  TRUST_PROXY: setting(hops.default(0), 'be the number of proxies in front, 0 to 9', '1'),
  CORS_ORIGINS: setting(
    text
      .transform((list) => list.split(',').map((one) => one.trim()))
      .pipe(z.array(origin))
      .default([]),
    'be origins, with commas between',
    'https://dashboard.example, http://localhost:5173',
  ),
  DRAIN_SECONDS: setting(
    text
      .regex(/^\d{1,3}$/)
      .transform(Number)
      .pipe(z.number().max(300))
      .default(0),
    'be a whole number of seconds, at most 300',
    '5',
  ),
  CDN_URL: setting(webAddress.optional(), 'be the web address of a CDN', 'https://cdn.remixify.example'),
  COOKIE_DOMAIN: setting(text.regex(/^\.?[\w-]+(\.[\w-]+)*$/).optional(), 'be a domain', 'remixify.example'),
  SESSION_SECRET: setting(
    text.min(32).optional(),
    'have at least 32 characters',
    'the output of: openssl rand -hex 32',
    true,
  ),
  ENCRYPTION_KEYS: setting(
    text.refine((value) => parseKeyring(value) !== null).optional(),
    'be keys of 32 bytes in base64, each behind its version and a colon, with commas between, the one that encrypts first',
    '1: and the output of: openssl rand -base64 32',
    true,
  ),

  DATA_DIR: setting(text.default('.data'), 'be a folder', '.data'),
  DATABASE_URL: setting(
    databaseAddress.optional(),
    A_DATABASE,
    'postgres://user:password@localhost:5432/remixify',
    true,
  ),
  DATABASE_DIRECT_URL: setting(
    databaseAddress.optional(),
    A_DATABASE,
    'postgres://user:password@localhost:5432/remixify',
    true,
  ),

  BACKUP_DIR: setting(text.optional(), 'be a folder', '/mnt/backups/remixify'),
  BACKUP_KEEP_DAYS: days(30),
  PITR_DAYS: days(7),

  DATABASE_READ_URL: setting(
    databaseAddress.optional(),
    A_DATABASE,
    'postgres://user:password@replica:5432/remixify',
    true,
  ),

  ...storageSettings,

  SMTP_URL: setting(
    address(['smtp:', 'smtps:']).optional(),
    'be the address of a mail server, starting with smtp:// or smtps://',
    'smtp://user:password@localhost:587',
    true,
  ),
  MAIL_FROM: setting(
    text.regex(/^([^<>@\r\n]*<[^\s<>@]+@[^\s<>@]+>|[^\s<>@]+@[^\s<>@]+)$/).default('Remixify <no-reply@localhost>'),
    'be an e-mail address, with or without a name',
    'Remixify <hello@remixify.example>',
  ),

  OUTBOUND_ALLOW: setting(
    text
      .refine((list) => parseAllowedHosts(list) !== null)
      .transform((list) => parseAllowedHosts(list)!)
      .default([]),
    'be hosts, each with or without a port, with commas between',
    'localhost:9999, 10.0.0.5',
  ),

  RATE_LIMITS: setting(
    text
      .regex(/^(off|\d{1,3}(\.\d{1,3})?)$/)
      .transform((value) => (value === 'off' ? null : Number(value)))
      .refine((value) => value === null || value > 0)
      .default(1),
    'be a number that every limit is multiplied by, or off',
    '2',
  ),

  DEMO: setting(flag.default(true), YES_OR_NO, '0'),
  GUEST_PAID: setting(flag.default(false), YES_OR_NO, '1'),
  FIXTURES_DIR: setting(text.default('../shared/fixtures'), 'be a folder', '../shared/fixtures'),

  ...operatingSettings,

  GEMINI_API_KEY: apiKey('the key from Google AI Studio'),
  GEMINI_BASE_URL: vendorAddress('https://generativelanguage.googleapis.com'),
  GEMINI_IMAGE_MODEL: modelId('gemini-2.5-flash-image'),
  GEMINI_TEXT_MODEL: modelId('gemini-3.1-flash'),
  GEMINI_EMBED_MODEL: modelId('gemini-embedding-001'),

  VERTEX_PROJECT: setting(
    text.regex(/^[a-z][\w:.-]+$/).optional(),
    'be the id of a Google Cloud project',
    'my-project',
  ),
  VERTEX_LOCATION: setting(
    text.regex(/^[a-z0-9-]+$/).default('us-central1'),
    'be a Google Cloud region',
    'us-central1',
  ),
  VERTEX_BASE_URL: vendorAddress('https://us-central1-aiplatform.googleapis.com'),
  GOOGLE_APPLICATION_CREDENTIALS: setting(
    text.optional(),
    'be the path of a service account file',
    '/etc/remixify/service-account.json',
  ),
  VERTEX_ACCESS_TOKEN: setting(
    text.min(10).optional(),
    'be an access token',
    'the output of: gcloud auth print-access-token',
    true,
  ),
  VEO_MODEL: modelId('veo-3.1-generate-preview'),

  ANTHROPIC_API_KEY: apiKey('the key from the Claude console'),
  ANTHROPIC_BASE_URL: vendorAddress('https://api.anthropic.com'),
  ANTHROPIC_MODEL: modelId('claude-sonnet-5-5'),

  LETTA_API_KEY: apiKey('the key from Letta'),
  LETTA_AGENT_ID: setting(text.regex(/^[\w-]+$/).optional(), 'be the id of an agent', 'agent-6f8e1c2a'),
  LETTA_BASE_URL: vendorAddress('https://api.letta.com'),

  OPENAI_API_KEY: apiKey('the key from the OpenAI platform'),
  OPENAI_BASE_URL: vendorAddress('https://api.openai.com/v1'),
  OPENAI_IMAGE_MODEL: modelId('gpt-image-1.5'),
  OPENAI_TEXT_MODEL: modelId('gpt-5-mini'),
  OPENAI_EMBED_MODEL: modelId('text-embedding-3-small'),
  FLUX_MODEL: modelId('flux-1.1-pro'),

  AZURE_OPENAI_ENDPOINT: vendorAddress('https://my-resource.openai.azure.com'),
  AZURE_OPENAI_API_KEY: apiKey('a key of the Azure resource'),
  AZURE_OPENAI_API_VERSION: setting(
    text.regex(/^[\w.-]+$/).default('2025-04-01-preview'),
    'be a version of the API',
    '2025-04-01-preview',
  ),
  AZURE_OPENAI_DEPLOYMENT: modelId('my-gpt'),
  AZURE_OPENAI_IMAGE_DEPLOYMENT: modelId('my-gpt-image'),
  AZURE_OPENAI_EMBED_DEPLOYMENT: modelId('my-embeddings'),

  MODEL_ORDER_IMAGE_EDIT: modelList('google, openai'),
  MODEL_ORDER_IMAGE_CREATE: modelList('google, openai'),
  MODEL_ORDER_IMAGE_DESCRIBE: modelList('google, anthropic'),
  MODEL_ORDER_VIDEO_CREATE: modelList('vertex'),
  MODEL_ORDER_TEXT_STRUCTURED: modelList('azure, openai, anthropic, google, local'),
  MODEL_ORDER_TEXT_STREAM: modelList('azure, openai, anthropic, google, local'),
  MODEL_ORDER_TEXT_EMBED: modelList('azure, openai, google'),
  MODEL_ORDER_SPEECH_CREATE: modelList('openai'),
  DISABLED_MODELS: modelList('openai/gpt-image-1.5'),
  MODELS_AT_ONCE: setting(
    text
      .regex(/^[\w-]+:\d{1,3}(\s*,\s*[\w-]+:\d{1,3})*$/)
      .transform((list) =>
        Object.fromEntries(
          list.split(',').map((pair) => {
            const [provider, count] = pair.trim().split(':');
            return [provider!, Number(count)];
          }),
        ),
      )
      .optional(),
    'be providers with how many of their requests may be under way at once',
    'google:8, openai:4',
  ),
});

type Settings = z.output<typeof EnvSchema>;
type S3Names = 'S3_REGION' | 'S3_BUCKET' | 'S3_ACCESS_KEY_ID' | 'S3_SECRET_ACCESS_KEY';

/** Every setting, checked, with its defaults filled in and folders made absolute. */
export type Env = Omit<
  Settings,
  'APP_URL' | 'ADMIN_URL' | 'BACKUP_DIR' | 'STORAGE_DRIVER' | 'S3_FORCE_PATH_STYLE' | S3Names
> & {
  APP_URL: string;
  ADMIN_URL: string;
  BACKUP_DIR: string;
  S3_FORCE_PATH_STYLE: boolean;
} & (
    | ({ STORAGE_DRIVER: 'disk' } & { [Name in S3Names]?: string })
    | ({ STORAGE_DRIVER: 's3' } & { [Name in S3Names]: string })
  );

/** What is wrong with the settings, one sentence per problem. */
export class EnvError extends Error {
  readonly problems: string[];

  constructor(problems: string[]) {
    super(problems.join('\n'));
    this.name = 'EnvError';
    this.problems = problems;
  }
}

/** Settings that mean nothing without another. */
const TOGETHER = [
  ['VERTEX_ACCESS_TOKEN', 'VERTEX_PROJECT'],
  ['LETTA_API_KEY', 'LETTA_AGENT_ID'],
  ['FLUX_MODEL', 'OPENAI_API_KEY'],
  ['AZURE_OPENAI_ENDPOINT', 'AZURE_OPENAI_API_KEY'],
  ['AZURE_OPENAI_API_KEY', 'AZURE_OPENAI_ENDPOINT'],
  ['AZURE_OPENAI_DEPLOYMENT', 'AZURE_OPENAI_ENDPOINT'],
  ['AZURE_OPENAI_IMAGE_DEPLOYMENT', 'AZURE_OPENAI_ENDPOINT'],
  ['AZURE_OPENAI_EMBED_DEPLOYMENT', 'AZURE_OPENAI_ENDPOINT'],
] as const;

/**
 * Reads all settings at once. Empty text counts as unset; `root` is where relative folders begin.
 * @throws EnvError naming every setting that is wrong, what it must be, and an example.
 */
export function readEnv(source: Record<string, string | undefined>, root: string = process.cwd()): Env {
  const given = Object.fromEntries(
    Object.keys(EnvSchema.shape).map((name) => [name, source[name]?.trim() || undefined]),
  );
  const parsed = EnvSchema.safeParse(given);
  const problems = parsed.success
    ? []
    : [...new Set(parsed.error.issues.map((issue) => String(issue.path[0])))].map(explain);

  const usesS3 = given['STORAGE_DRIVER']
    ? given['STORAGE_DRIVER'] === 's3'
    : Object.keys(given).some((name) => name.startsWith('S3_') && given[name]);
  for (const name of ['S3_REGION', 'S3_BUCKET', 'S3_ACCESS_KEY_ID', 'S3_SECRET_ACCESS_KEY']) {
    if (usesS3 && !given[name])
      problems.push(`${name}: must be set too when files go to S3, such as ${exampleOf(name)}. It is empty.`);
  }
  problems.push(...encryptionProblems(given));
  for (const [name, needed] of TOGETHER) {
    if (given[name] && !given[needed]) {
      problems.push(`${needed}: must be set too when ${name} is, such as ${exampleOf(needed)}. It is empty.`);
    }
  }
  if (given['DATABASE_DIRECT_URL'] && !given['DATABASE_URL']) {
    problems.push('DATABASE_DIRECT_URL: needs DATABASE_URL beside it. Set both, or neither for the embedded Postgres.');
  }
  if (parsed.success && parsed.data.PORT === parsed.data.ADMIN_PORT) {
    problems.push(`ADMIN_PORT: must differ from PORT, such as ${parsed.data.PORT + 1}. Both are ${parsed.data.PORT}.`);
  }
  if (!parsed.success || problems.length > 0) throw new EnvError(problems);

  const env = parsed.data;
  const dataDir = isAbsolute(env.DATA_DIR) ? env.DATA_DIR : resolve(root, env.DATA_DIR);
  return {
    ...env,
    APP_URL: env.APP_URL ?? `http://localhost:${env.PORT}`,
    ADMIN_URL: env.ADMIN_URL ?? `http://localhost:${env.ADMIN_PORT}`,
    DATABASE_DIRECT_URL: env.DATABASE_DIRECT_URL ?? env.DATABASE_URL,
    DATA_DIR: dataDir,
    BACKUP_DIR: env.BACKUP_DIR ? resolve(root, env.BACKUP_DIR) : resolve(dataDir, 'backups'),
    FIXTURES_DIR: isAbsolute(env.FIXTURES_DIR) ? env.FIXTURES_DIR : resolve(root, env.FIXTURES_DIR),
    STORAGE_DRIVER: usesS3 ? 's3' : 'disk',
    // A server of one's own rarely has a DNS name per bucket; Amazon always has.
    S3_FORCE_PATH_STYLE: env.S3_FORCE_PATH_STYLE ?? env.S3_ENDPOINT !== undefined,
  } as Env;

  function explain(name: string): string {
    const wording = wordingOf(name);
    const shown = wording.secret ? 'Its value is not shown here.' : `It is ${JSON.stringify(given[name])}.`;
    return `${name}: must ${wording.must}, such as ${wording.example}. ${shown}`;
  }
}

/** The values that must be told to nobody, whatever they stand in. */
export const secretValuesOf = (source: Record<string, unknown>): string[] =>
  Object.keys(EnvSchema.shape).flatMap((name) => {
    const value = source[name];
    return wordingOf(name).secret && typeof value === 'string' ? [value] : [];
  });

/** An example of a good value, as `.env.example` shows it. */
export const exampleOf = (name: string): string => wordingOf(name).example;

function wordingOf(name: string) {
  const schema = EnvSchema.shape[name as keyof typeof EnvSchema.shape] as z.ZodType;
  const wording = wordings.get(schema);
  if (!wording) throw new Error(`The setting ${name} has no wording.`);
  return wording;
}
