import { parse } from 'node:querystring';
import bodyParser from 'body-parser';
import type { RequestHandler } from 'express';

const parseForm = bodyParser.urlencoded({ extended: false, limit: '16kb', parameterLimit: 100 });
const parsePayForm = bodyParser.urlencoded({ extended: true, limit: '100kb' });
const parsePayJson = bodyParser.json({ limit: '100kb' });

/** The gateway's form, with small limits. A body that somebody else has parsed stays as it is. */
export const callbackBody: RequestHandler = (req, res, next) => {
  parseForm(req, res, (error?: unknown) => {
    req.body = asFields(req.body);
    next(error);
  });
};

/** The shop's own form or JSON at `POST /pay`, unless somebody has parsed it. Always leaves an object for `getOrder`. */
export const payBody: RequestHandler = (req, res, next) => {
  parsePayForm(req, res, (error?: unknown) => {
    if (error !== undefined || isParsed(req.body)) {
      next(error);
      return;
    }
    parsePayJson(req, res, (jsonError?: unknown) => {
      if (!isParsed(req.body)) req.body = {};
      next(jsonError);
    });
  });
};

const isParsed = (body: unknown): boolean => body !== undefined && body !== null;

/** Shops that parse bodies as text or raw bytes leave the form unread. */
const asFields = (body: unknown): unknown =>
  typeof body === 'string' || Buffer.isBuffer(body) ? parse(body.toString()) : body;
