import { setTimeout as wait } from 'node:timers/promises';
import type { Request, RequestHandler } from 'express';
import { send, type Answer } from './answer';
import type { Context } from './context';
import { alterAnswer, answerInstead } from './fault-effects';
import type { SimulatorFault } from './fault-kinds';
import type { SimulatorCall } from './ledger';
import type { Settings } from './options';
import type { Entry } from './payment';
import { refusals, type Refusal } from './refusals';
import type { Fields } from './rules';

export type Operation = 'get-token' | 'redirect-to-gateway' | 'verify-payment';

/** The result of a call: its answer, and the payment it was about. */
export interface Outcome {
  answer: Answer;
  entry?: Entry | undefined;
  /** Rials, if the call confirmed a payment. */
  confirmed?: number;
}

/** Carries out a call: changes the books, and says what is to be answered. */
export type Act = (fields: Fields, req: Request) => Outcome;

/** One address of the gateway: carries a call out, writes it down, answers it; faults may change each of the three. */
export function endpoint(context: Context, call: Operation, act: Act): RequestHandler {
  const { ledger, faults, settings } = context;
  return function answerCall(req, res, next) {
    const fields = readFields(req);
    const entry = ledger.meant(fields);
    const struck = faults.strike(call, entry ?? fields);
    const instead = struck
      .map((fault) => answerInstead(fault, settings))
      .find((answer) => answer !== undefined);
    const outcome: Outcome = instead ? { answer: instead, entry } : act(fields, req);
    const answer = struck.reduce((so, fault) => alterAnswer(so, fault, outcome.confirmed), outcome.answer);
    ledger.record(logLine(call, req, fields, { ...outcome, answer }, struck));
    wait(delayOf(struck), undefined, { ref: false })
      .then(() => send(res, answer))
      .catch(next);
  };
}

const delayOf = (struck: SimulatorFault[]): number =>
  struck.reduce((sum, fault) => sum + (fault.kind === 'delay' ? fault.ms : 0), 0);

/** Both web services take JSON objects and nothing else. */
export function jsonCall(
  { settings }: Context,
  refuse: (refusal: Refusal, settings: Settings, status: number) => Answer,
  act: Act,
): Act {
  return (fields, req) => {
    if (!/^application\/json\s*(?:;|$)/i.test(req.get('Content-Type') ?? '')) {
      const refusal = refusals.invalid('نوع محتوا (Content-Type) باید application/json باشد.');
      return { answer: refuse(refusal, settings, 415) };
    }
    if (parseObject(req.body) === undefined) {
      return { answer: refuse(refusals.invalid('بدنهٔ درخواست شیء JSON درستی نیست.'), settings, 400) };
    }
    return act(fields, req);
  };
}

/** The caller's address, IPv4 as IPv4. */
export const addressOf = (req: Request): string => (req.socket.remoteAddress ?? '').replace(/^::ffff:/, '');

function readFields(req: Request): Fields {
  const body: unknown = req.body;
  return typeof body === 'string' ? (parseObject(body) ?? {}) : { ...(Object(body) as Fields) };
}

function parseObject(body: unknown): Fields | undefined {
  try {
    const value: unknown = JSON.parse(String(body));
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? (value as Fields)
      : undefined;
  } catch {
    return undefined;
  }
}

function logLine(
  call: Operation,
  req: Request,
  fields: Fields,
  { answer, entry }: Outcome,
  struck: SimulatorFault[],
): Omit<SimulatorCall, 'at'> {
  const lost = answer.cut === 'silence' || answer.cut === 'reset';
  return {
    call,
    address: addressOf(req),
    fields: maskKey(fields),
    answer: lost ? { status: 0, body: '' } : { status: answer.status, body: answer.body },
    ...(entry !== undefined && { invoiceNumber: entry.invoiceNumber }),
    ...(struck.length > 0 && { fault: struck.map(({ kind }) => kind).join(', ') }),
  };
}

function maskKey(fields: Fields): Fields {
  const { apiKey } = fields;
  return typeof apiKey === 'string' ? { ...fields, apiKey: `${apiKey.slice(0, 2)}***` } : fields;
}
