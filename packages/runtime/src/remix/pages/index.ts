/** What the pages of both apps stand on, for browsers too: nothing here may reach server code. */
export { PageFailure } from './page-failure.tsx';
export { PageFrame, type PageFrameProps } from './page-frame.tsx';
export { RequestInfo, useRequestInfo } from './request-info.tsx';
export { startPage } from './start-page.tsx';
export { ThemeChoice } from './theme-choice.tsx';
