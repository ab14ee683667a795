import pino, { type DestinationStream } from 'pino';
import type { Logger } from 'express-atipay';

/** For the option `logger`: every line of the package, with `component` beside its own fields. */
export const paymentsLog = (destination?: DestinationStream): Logger =>
  pino({ level: 'info' }, destination ?? pino.destination(1)).child({ component: 'payments' });
