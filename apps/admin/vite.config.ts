import { appConfig } from '@repo/tooling/vite';

export default appConfig;
