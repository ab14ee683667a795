import express, { type ErrorRequestHandler, type Express } from 'express';
import { json, send } from './answer';
import { bankRouter } from './bank';
import type { Finish } from './buyer';
import type { Context } from './context';
import { controlRouter } from './control';
import { gatewayRouter } from './gateway';

/** The simulator as an Express application. */
export function simulatorApp(context: Context, buyer: Finish): Express {
  const app = express();
  app.disable('x-powered-by');
  app.use('/v1', gatewayRouter(context));
  app.use('/bank', bankRouter(context));
  app.use('/simulator', controlRouter(context, buyer));
  app.get('/favicon.ico', (_req, res) => res.status(204).end());
  app.get(['/', '/v1'], (_req, res) => res.redirect('/simulator'));
  app.use(answerError);
  return app;
}

const answerError: ErrorRequestHandler = (
  error: { status?: unknown; message?: unknown },
  _req,
  res,
  next,
) => {
  if (res.headersSent) {
    next(error);
    return;
  }
  const status = typeof error.status === 'number' ? error.status : 500;
  send(res, json({ status: String(status), errorDescription: String(error.message) }, status));
};
