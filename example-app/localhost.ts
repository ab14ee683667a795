import type { RequestHandler } from 'express';

const OTHER_NAMES = ['127.0.0.1', '[::1]'];

/**
 * On a developer's machine: leads from 127.0.0.1 to localhost. Cookies belong to a host name, and the gateway brings
 * the buyer back to the public one.
 */
export function oneHostName(publicUrl: string): RequestHandler {
  const local = new URL(publicUrl).hostname === 'localhost';
  return (req, res, next) => {
    if (local && req.method === 'GET' && OTHER_NAMES.includes(req.hostname)) {
      res.redirect(302, publicUrl + req.originalUrl);
    } else next();
  };
}
