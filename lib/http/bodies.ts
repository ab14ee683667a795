import type { IncomingMessage } from 'node:http';
import { parse } from 'node:querystring';
import bodyParser from 'body-parser';
import type { NextFunction, Request, RequestHandler } from 'express';

const MOST_FIELDS = 100;

/**
 * Forms of any charset: the gateway's fields are ASCII, and a parser that minds the charset would refuse
 * `windows-1256`.
 */
const isForm = (req: IncomingMessage): boolean =>
  /^\s*application\/x-www-form-urlencoded\s*(?:;|$)/i.test(req.headers['content-type'] ?? '');

const readForm = bodyParser.raw({ type: isForm, limit: '16kb' });
const parsePayForm = bodyParser.urlencoded({ extended: true, limit: '100kb' });
const parsePayJson = bodyParser.json({ limit: '100kb' });

/** A body over HTTP/2 needs neither of the headers by which parsers know that there is one. */
function announceBody({ httpVersionMajor, headers }: IncomingMessage): void {
  if (httpVersionMajor > 1 && headers['content-length'] === undefined)
    headers['transfer-encoding'] ??= 'chunked';
}

/** The gateway's form, with small limits. A body that other middleware has parsed stays as it is. */
export const callbackBody: RequestHandler = (req, res, next) => {
  announceBody(req);
  readForm(req, res, (error?: unknown) => {
    req.body = fieldsOf(req.body);
    next(error);
  });
};

/**
 * The shop's form or JSON at `POST /pay`, unless other middleware has parsed it. Always leaves an object for
 * `getOrder`.
 */
export const payBody: RequestHandler = (req, res, next) => {
  announceBody(req);
  if (isText(req.body)) {
    readText(req, next);
    return;
  }
  const done = (error?: unknown): void => {
    if (!isParsed(req.body)) req.body = {};
    next(error);
  };
  parsePayForm(req, res, (error?: unknown) => {
    if (error !== undefined || isParsed(req.body)) done(error);
    else parsePayJson(req, res, done);
  });
};

/** Adapters and middleware that leave the body as text or bytes leave the parsing to us. */
function readText(req: Request, next: NextFunction): void {
  const isJson = /\bjson\b/i.test(req.headers['content-type'] ?? '');
  try {
    req.body = isJson ? (JSON.parse(String(req.body)) as unknown) : fieldsOf(req.body);
    next();
  } catch (error) {
    next(Object.assign(error as Error, { status: 400, expose: true }));
  }
}

const isParsed = (body: unknown): boolean => body !== undefined && body !== null;

const isText = (body: unknown): body is string | Buffer => typeof body === 'string' || Buffer.isBuffer(body);

const fieldsOf = (body: unknown): unknown =>
  isText(body) ? parse(body.toString(), '&', '=', { maxKeys: MOST_FIELDS }) : body;
