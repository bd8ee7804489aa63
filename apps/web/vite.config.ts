import { appConfig } from '../../tooling/vite/app-config.ts';

declare module '@remix-run/node' {
  interface Future {
    v3_singleFetch: true;
  }
}

export default appConfig;
