import { appConfig } from '../../tooling/vite/app-config.ts';

export default appConfig;
