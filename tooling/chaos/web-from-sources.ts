// The web server without its pages, straight from the sources: for a run of the tests that has no build.
import type { ServerBuild } from '@remix-run/node';
import { answerApi } from '../../packages/runtime/src/answer-api.server.ts';
import { startApp } from '../../packages/runtime/src/http/start-app.ts';

const noPages = { routes: {}, assets: { routes: {}, entry: { imports: [], module: '' }, url: '', version: '' } };
const build = { ...noPages, entry: { module: { answerApi } }, future: {}, publicPath: '/', isSpaMode: false };
await startApp({ app: 'web', build: build as unknown as ServerBuild, clientDir: process.argv[2] ?? '.' });
