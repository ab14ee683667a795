import type { RequestHandler } from 'express';

/** Node 20 and 22. */
const BEFORE_V8_13 = Number.parseInt(process.versions.v8, 10) < 13;

/**
 * Express gives each request and response another prototype. Before its version 13, V8 makes a hidden class for that one
 * object then, and a further one for each field that it gets, with a list of all its fields, and no code that reads the
 * object again is fast. A field that is taken out and put back makes
 * it a plain dictionary instead, of which V8 expects nothing.
 */
export const asDictionaries: RequestHandler | undefined = BEFORE_V8_13
  ? (req, res, next) => {
      takeOutAndPutBack(req, 'res');
      takeOutAndPutBack(res, 'req');
      next();
    }
  : undefined;

/** A field that somebody has made permanent stays where it is. */
function takeOutAndPutBack(object: object, name: string): void {
  const field = Reflect.getOwnPropertyDescriptor(object, name);
  if (field && Reflect.deleteProperty(object, name)) Reflect.defineProperty(object, name, field);
}
