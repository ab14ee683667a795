import type { NextFunction, Request, RequestHandler, Response } from 'express';

/** A handler whose rejections reach the app's error handler, on Express 4 as on 5. */
export const handler = (handle: (req: Request, res: Response) => unknown): RequestHandler =>
  async function atipay(req: Request, res: Response, next: NextFunction): Promise<void> {
    try {
      await handle(req, res);
    } catch (error) {
      next(asError(error));
    }
  };

/** To `next`, nothing means "go on", and these two words mean "skip": none of them would reach an error handler. */
const asError = (thrown: unknown): unknown =>
  !thrown || thrown === 'route' || thrown === 'router'
    ? new Error(`The shop's code threw ${String(thrown)}, which is no error.`, { cause: thrown })
    : thrown;

/** The two path parameters that open a payment. */
export const keysOf = (req: Request): { invoiceNumber: string; returnKey: string } => ({
  invoiceNumber: String(req.params['invoiceNumber']),
  returnKey: String(req.params['returnKey']),
});
