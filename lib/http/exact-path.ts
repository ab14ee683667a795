import type { RequestHandler } from 'express';

/**
 * Lets a request through only if its address is spelled exactly as the route is. Express takes `//pay` and `/pay/` for
 * `/pay`, depending on its version and settings; a guard that the shop put in front of `/pay` may not.
 */
export const exactPath =
  (path: string): RequestHandler =>
  (req, _res, next) => {
    const [asked = ''] = req.originalUrl.split('?');
    next(req.path === path && !asked.includes('//') ? undefined : 'router');
  };
