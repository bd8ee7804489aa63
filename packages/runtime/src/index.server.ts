export { type StartAppOptions, startApp } from './http/start-app.ts';
export { logPageError } from './remix/log-page-error.ts';
export type { PageSession } from './remix/page-session.ts';
export { pageSession } from './remix/page-session.ts';
export { documentRenderer, type PageRequest } from './remix/render-document.ts';
export { keepTheme, readTheme, type Theme } from './remix/theme.ts';
