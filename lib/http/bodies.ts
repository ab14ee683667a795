import type { IncomingMessage } from 'node:http';
import { parse } from 'node:querystring';
import bodyParser from 'body-parser';
import type { RequestHandler } from 'express';

const MOST_FIELDS = 100;

/**
 * Forms whatever charset they name: the gateway's fields are ASCII, and a parser that minds the charset would refuse
 * `windows-1256`.
 */
const isForm = (req: IncomingMessage): boolean =>
  /^\s*application\/x-www-form-urlencoded\s*(?:;|$)/i.test(req.headers['content-type'] ?? '');

const readForm = bodyParser.raw({ type: isForm, limit: '16kb' });
const parsePayForm = bodyParser.urlencoded({ extended: true, limit: '100kb' });
const parsePayJson = bodyParser.json({ limit: '100kb' });

/** The gateway's form, with small limits. A body that other middleware has parsed stays as it is. */
export const callbackBody: RequestHandler = (req, res, next) => {
  readForm(req, res, (error?: unknown) => {
    req.body = fieldsOf(req.body);
    next(error);
  });
};

/**
 * The shop's own form or JSON at `POST /pay`, unless other middleware has parsed it. Always leaves an object for
 * `getOrder`.
 */
export const payBody: RequestHandler = (req, res, next) => {
  parsePayForm(req, res, (error?: unknown) => {
    if (error !== undefined || isParsed(req.body)) {
      afterParser(error);
      return;
    }
    parsePayJson(req, res, afterParser);
  });

  function afterParser(error?: unknown): void {
    try {
      req.body = isParsed(req.body) ? unread(req.body, req.headers['content-type']) : {};
      next(error);
    } catch (syntaxError) {
      next(Object.assign(syntaxError as Error, { status: 400, statusCode: 400, expose: true }));
    }
  }
};

const isParsed = (body: unknown): boolean => body !== undefined && body !== null;

const isText = (body: unknown): body is string | Buffer => typeof body === 'string' || Buffer.isBuffer(body);

/** Adapters and middleware that leave the body as text or bytes leave the parsing to us. */
function unread(body: unknown, type = ''): unknown {
  if (!isText(body)) return body;
  return /\bjson\b/i.test(type) ? (JSON.parse(body.toString()) as unknown) : fieldsOf(body);
}

const fieldsOf = (body: unknown): unknown =>
  isText(body) ? parse(body.toString(), '&', '=', { maxKeys: MOST_FIELDS }) : body;
