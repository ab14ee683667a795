import Joi from 'joi';
import type { BuyerOptions } from './buyer';
import { check, simulatorError } from './check';
import type { SimulatorFault } from './fault-kinds';
import { STATES, type SimulatorState } from './states';

/** The latest time that a `Date` can hold. */
const LAST_MOMENT = 8.64e15;

const advanceSchema = (now: number): Joi.ObjectSchema<{ ms: number }> =>
  Joi.object<{ ms: number }>({
    ms: Joi.number()
      .integer()
      .min(0)
      .max(LAST_MOMENT - now)
      .required(),
  });

/** How far the clock is to go: `{ ms }`, from JSON or from a form. */
export function readAdvance(body: unknown, now: number): number {
  const { ms } = Object(body) as { ms?: unknown };
  const value = typeof ms === 'string' && ms.trim() !== '' ? { ms: Number(ms) } : { ms };
  return check(advanceSchema(now), value, 'The clock cannot be moved').ms;
}

type Visit = BuyerOptions & { target: string; state: SimulatorState };

const visitSchema = Joi.object<Visit>({
  target: Joi.string().required(),
  state: Joi.valid(...Object.keys(STATES)).default('OK'),
  deliver: Joi.boolean(),
  times: Joi.number().integer().min(1),
  fields: Joi.object().pattern(Joi.string(), Joi.string().allow('')),
  headers: Joi.object().pattern(Joi.string(), Joi.string()),
}).required();

/** A buyer's visit as JSON: the options that `pay` takes, with the target and the state. */
export const readVisit = (body: unknown): Visit => check(visitSchema, body, 'The buyer cannot go');

const NUMBERS = new Set(['ms', 'code', 'amount', 'probability', 'seed']);

/** A fault as the control page's form sends it; empty fields are left out. */
export function formFault(body: unknown): SimulatorFault {
  const { target = '', invoiceNumber, ...rest } = given(body);
  const [on, kind] = target.split(' ');
  const parameters = Object.entries(rest).map(([name, value]) => [name, readParameter(kind, name, value)]);
  return {
    on,
    kind,
    ...Object.fromEntries(parameters),
    ...(invoiceNumber !== undefined && { match: { invoiceNumber } }),
  } as SimulatorFault;
}

function given(body: unknown): Record<string, string> {
  const texts = Object.entries(Object(body) as Record<string, unknown>).filter(
    (field): field is [string, string] => typeof field[1] === 'string' && field[1] !== '',
  );
  return Object.fromEntries(texts);
}

function readParameter(kind: string | undefined, name: string, text: string): unknown {
  if (name === 'fields') return readJson(text);
  if (name === 'times' && text === 'always') return text;
  const isNumber = NUMBERS.has(name) || name === 'times' || (name === 'status' && kind === 'http');
  return isNumber ? Number(text) : text;
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    throw simulatorError('`fields` is a JSON object such as {"rrn": null, "extra": "1"}.');
  }
}
