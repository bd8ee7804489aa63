export * from './client.ts';
export { migrate } from './migrate.ts';
export * from './schema/index.ts';
