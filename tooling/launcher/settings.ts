import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseEnv } from 'node:util';
import { type Env, EnvError, readEnv } from '@repo/runtime/env';
import { makeDataFolder } from './make-data-folder.ts';
import { root } from './paths.ts';

/** The settings, and the environment they came from: `.env` under the real one, which wins. */
export type Settings = { env: Env; source: Record<string, string | undefined> };

/** @throws Error listing every wrong setting, for the person at the terminal. */
export function loadSettings(): Settings {
  const file = join(root, '.env');
  const source = { ...(existsSync(file) ? parseEnv(readFileSync(file, 'utf8')) : {}), ...process.env };
  try {
    return { env: readEnv(source, root), source };
  } catch (problem) {
    if (!(problem instanceof EnvError)) throw problem;
    const list = problem.problems.map((line) => `  · ${line}`).join('\n');
    throw new Error(
      `Some settings are not right:\n\n${list}\n\nThey come from your shell or from .env; .env.example explains them.`,
    );
  }
}

/** What the installation keeps to itself. Made at the first start, kept in `<DATA_DIR>/secrets.json`. */
export type Secrets = { sessionSecret: string; databasePassword: string; encryptionKeys: string };

export function keepSecrets(dataDir: string): Secrets {
  const file = join(dataDir, 'secrets.json');
  const kept: Partial<Secrets> = existsSync(file) ? parseSecrets(file) : {};
  const secrets: Secrets = {
    sessionSecret: kept.sessionSecret ?? randomBytes(32).toString('hex'),
    databasePassword: kept.databasePassword ?? randomBytes(16).toString('hex'),
    encryptionKeys: kept.encryptionKeys ?? newKey(1),
  };
  if (!kept.sessionSecret || !kept.databasePassword || !kept.encryptionKeys) writeSecrets(dataDir, secrets);
  return secrets;
}

/** Replaces the file whole or not at all. */
export function writeSecrets(dataDir: string, secrets: Secrets): void {
  const file = join(dataDir, 'secrets.json');
  makeDataFolder(dataDir);
  writeFileSync(`${file}.new`, `${JSON.stringify(secrets, null, 2)}\n`, { mode: 0o600 });
  renameSync(`${file}.new`, file);
}

/** A new encryption key as `ENCRYPTION_KEYS` names it. */
export const newKey = (version: number): string => `${version}:${randomBytes(32).toString('base64')}`;

function parseSecrets(file: string): Partial<Secrets> {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as Partial<Secrets>;
  } catch {
    throw new Error(
      `${file} is damaged. Bring it back from a backup. Without it everybody is signed out, and what it sealed (second factors, webhook secrets) cannot be opened.`,
    );
  }
}

/** What every process of ours is started with: the whole environment, with what was worked out made explicit. */
export function environmentFor(settings: Settings, derived: Record<string, string | undefined>): NodeJS.ProcessEnv {
  const { env, source } = settings;
  return {
    ...source,
    NODE_ENV: env.NODE_ENV,
    PORT: String(env.PORT),
    ADMIN_PORT: String(env.ADMIN_PORT),
    APP_URL: env.APP_URL,
    ADMIN_URL: env.ADMIN_URL,
    DATA_DIR: env.DATA_DIR,
    FIXTURES_DIR: env.FIXTURES_DIR,
    STORAGE_DRIVER: env.STORAGE_DRIVER,
    ...derived,
  };
}
