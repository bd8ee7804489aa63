export * from './client.ts';
export { knownMigrations, migrate, migrateUpTo } from './migrate.ts';
export * from './schema/index.ts';
export { type Actor, ask, asOwner, readAs, transactAs } from './transact.ts';
export { createWalled, type Walled } from './walled.ts';
