export { type AllowedHost, parseAllowedHosts } from './allowed-hosts.ts';
export { createOutsideFetch, type OutsideOptions } from './create-outside-fetch.ts';
export { judgeUrl } from './judge-url.ts';
export { operatorFetch } from './operator-fetch.ts';
export type { Resolve } from './resolve-host.ts';
