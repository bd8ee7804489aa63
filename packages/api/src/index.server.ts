export { type AppRouter, appRouter, createCaller } from './app-router.ts';
export type { CostClass, ProcedureMeta } from './procedure-meta.ts';
export { answerRest, REST_BASE, type RestDoor } from './rest/answer-rest.ts';
export { docsPage } from './rest/docs-page.ts';
export { failureAnswer } from './rest/envelope.ts';
export { openApiDocument } from './rest/openapi.ts';
export { codeOf, RestFailure } from './rest/rest-failure.ts';
export type { ApiContext, KeyInHand } from './trpc.ts';
