import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import type { Request, RequestHandler } from 'express';

/** Who may use the control routes, by the request alone. */
export interface Guard {
  /** Needed where the simulator listens on more than loopback, or is reached by another name. */
  readonly token: string;
  /** The simulator listens on loopback alone. */
  readonly isLocal: boolean;
}

const LOOPBACK = /^(?:localhost|127\.\d+\.\d+\.\d+|\[::1\]|::1)$/i;
const COOKIE = 'atipay-simulator';

/** A guard for a simulator that listens on this address. */
export const guardOf = (host: string, token = randomBytes(16).toString('base64url')): Guard => ({
  token,
  isLocal: LOOPBACK.test(host),
});

/**
 * Lets in who knows the token, and on loopback who names loopback: a page of another site whose name leads here (DNS
 * rebinding) says that name in `Host`.
 */
export const guarded =
  (guard: Guard, refuse: (req: Request, message: string) => void): RequestHandler =>
  (req, res, next) => {
    const { token } = req.query;
    if (req.method === 'GET' && typeof token === 'string' && isToken(guard, token)) {
      res.set('Set-Cookie', `${COOKIE}=${guard.token}; Path=/simulator; HttpOnly; SameSite=Strict`);
      next();
      return;
    }
    const isNamedLoopback = LOOPBACK.test((req.get('Host') ?? '').replace(/:\d*$/, ''));
    if ((guard.isLocal && isNamedLoopback) || presented(req).some((word) => isToken(guard, word))) next();
    else {
      refuse(
        req,
        guard.isLocal
          ? 'The simulator is controlled under the name localhost or 127.0.0.1 alone, or with its token.'
          : 'The simulator listens on more than this machine: open the control page by the address with its token, or send Authorization: Bearer <token>.',
      );
    }
  };

function presented(req: Request): string[] {
  const bearer = /^Bearer (\S+)$/i.exec(req.get('Authorization') ?? '')?.[1];
  const cookie = (req.get('Cookie') ?? '')
    .split(/; */)
    .map((pair) => pair.split('='))
    .find(([name]) => name === COOKIE)?.[1];
  return [bearer, cookie].filter((word) => word !== undefined);
}

const digest = (text: string): Buffer => createHash('sha256').update(text).digest();
const isToken = (guard: Guard, word: string): boolean => timingSafeEqual(digest(word), digest(guard.token));
