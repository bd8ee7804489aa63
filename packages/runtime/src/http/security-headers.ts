import type { Request, RequestHandler, Response } from 'express';
import helmet from 'helmet';

export type SecurityRules = {
  /** Origins that pictures come from and uploads go to, besides our own. */
  storageOrigins: string[];
  /** Where scripts, styles and fonts come from besides ourselves. */
  cdnOrigin?: string;
  /** True: everybody reaches us by HTTPS, now and for the next year. */
  isHttps: boolean;
  /** True while a dev server pushes changes over a web socket and adds styles by script. */
  isDevelopment: boolean;
};

const YEAR_IN_SECONDS = 31_536_000;

/** Headers that tell the browser what this site never does. Scripts run by nonce only. */
export function securityHeaders(rules: SecurityRules): RequestHandler {
  const { storageOrigins, cdnOrigin, isHttps, isDevelopment } = rules;
  const cdn = cdnOrigin ? [cdnOrigin] : [];
  const nonceOf = (_: unknown, response: unknown) =>
    `'nonce-${(response as { locals: { nonce: string } }).locals.nonce}'`;
  const secure = helmet({
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'self'"],
        scriptSrc: ["'self'", nonceOf, ...cdn],
        styleSrc: ["'self'", isDevelopment ? "'unsafe-inline'" : nonceOf, ...cdn],
        // A width or a colour of the data's own, in an attribute: no more than that.
        styleSrcAttr: ["'unsafe-inline'"],
        imgSrc: ["'self'", 'data:', 'blob:', ...storageOrigins, ...cdn],
        mediaSrc: ["'self'", 'blob:', ...storageOrigins],
        fontSrc: ["'self'", ...cdn],
        connectSrc: ["'self'", ...storageOrigins, ...(isDevelopment ? ['ws:'] : [])],
        workerSrc: ["'self'", 'blob:'],
        manifestSrc: ["'self'"],
        objectSrc: ["'none'"],
        baseUri: ["'none'"],
        formAction: ["'self'"],
        frameSrc: ["'none'"],
        frameAncestors: ["'none'"],
        ...(isHttps ? { upgradeInsecureRequests: [] } : {}),
      },
    },
    strictTransportSecurity: isHttps ? { maxAge: YEAR_IN_SECONDS, includeSubDomains: false } : false,
    referrerPolicy: { policy: 'strict-origin-when-cross-origin' },
    crossOriginResourcePolicy: { policy: 'same-site' },
    xFrameOptions: { action: 'deny' },
  });
  return (request, response, next) => {
    response.set(
      'permissions-policy',
      'camera=(), microphone=(), geolocation=(), payment=(), usb=(), browsing-topics=()',
    );
    secure(request, response, next);
  };
}

/** The same headers for what is no page and so has no scripts to allow: they never change. */
export function headersWithoutPage(rules: SecurityRules): Record<string, string> {
  const headers: Record<string, string> = {};
  const keep = (name: string, value: string) => {
    headers[name.toLowerCase()] = value.replaceAll(" 'nonce-'", '');
  };
  const response = { locals: { nonce: '' }, set: keep, setHeader: keep, removeHeader() {} };
  securityHeaders(rules)({} as Request, response as unknown as Response, () => {});
  return headers;
}
