export * from './accounts.ts';
export * from './ads.ts';
export * from './assets.ts';
export * from './brands.ts';
export * from './credits.ts';
export * from './events.ts';
export * from './generation.ts';
export * from './quotas.ts';
