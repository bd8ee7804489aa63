import { documentRenderer } from '@repo/runtime';
import { RequestInfo } from '@repo/runtime/pages';

// The server is started from this bundle, so that all code of ours is loaded once.
export { answerApi, logPageError as handleError, startApp } from '@repo/runtime';

export const streamTimeout = 9_000;

export default documentRenderer((page, request) => <RequestInfo.Provider value={request}>{page}</RequestInfo.Provider>);
