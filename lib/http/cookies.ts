import type { RequestHandler } from 'express';

type WriteHead = (this: unknown, ...args: unknown[]) => unknown;

/**
 * Keeps a response from setting cookies, also those of earlier middleware. The gateway's POST is cross-site: the
 * buyer's session cookie does not come with it, and the new one that session middleware would send back logs the buyer
 * out.
 *
 * Session middleware adds its cookie when headers are written, by wrapping `writeHead`; this puts the bare `writeHead`
 * back in front of all wrappers.
 */
export const setNoCookie: RequestHandler = (_req, res, next) => {
  const bare = (Object.getPrototypeOf(res) as { writeHead: WriteHead }).writeHead;
  const silent: WriteHead = function (...args) {
    res.removeHeader('Set-Cookie');
    return Reflect.apply(bare, this, args);
  };
  res.writeHead = silent as typeof res.writeHead;
  next();
};
