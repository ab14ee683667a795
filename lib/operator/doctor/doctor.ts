import { oneLine } from '../../core/text';
import type { Context } from '../../payments/context';
import type { PaymentSearch, PaymentStore } from '../../stores/store';
import type { Locale } from '../../texts';
import { operatorOf, type Operator } from '../operator';
import { doctorText } from '../texts/doctor';
import { checkCallback } from './callback';
import type { Finding, Level, Observation } from './finding';
import { checkGateway, checkToken } from './gateway';
import { checkSetup } from './setup';
import { checkPayments, checkStore } from './store';

/** Options of the doctor. */
export interface DoctorOptions {
  /** Also asks AtiPay for a token of 1,000 Rials. */
  token?: boolean;
  /** Default: the router's. */
  locale?: Locale;
}

const ORDER: readonly Level[] = ['error', 'warning', 'fine'];
const LIMIT = 500;

/** Looks for mistakes in how a shop is set up, the worst first. Changes nothing. */
export async function doctor(
  context: Context,
  { token = false, locale = context.settings.locale }: DoctorOptions = {},
): Promise<Finding[]> {
  const { store, account } = context.settings;
  const observations = await Promise.all([
    checkStore(store, account),
    checkPaymentsOf(store, () => operatorOf(context)),
    checkGateway(context),
    checkCallback(context),
    ...(token ? [checkToken(context)] : []),
  ]);
  return told([...checkSetup(context, process.env), ...observations.flat()], locale);
}

/** The part of the doctor that needs no router. */
export async function storeDoctor(operator: Operator, locale: Locale): Promise<Finding[]> {
  const { store, account } = operator;
  const observations = await Promise.all([
    checkStore(store, account),
    checkPaymentsOf(store, () => operator),
  ]);
  return told(observations.flat(), locale);
}

/** `checkStore` reports a table that cannot be read. */
async function checkPaymentsOf(
  store: PaymentStore<unknown> & Partial<PaymentSearch>,
  operator: () => Operator,
): Promise<Observation[]> {
  if (!store.search) return [];
  try {
    return await checkPayments(operator());
  } catch {
    return [];
  }
}

function told(observations: Observation[], locale: Locale): Finding[] {
  return observations
    .sort((a, b) => ORDER.indexOf(a.level) - ORDER.indexOf(b.level))
    .map(({ check, level, data }) => {
      const { what, why, todo } = doctorText(check, data, locale);
      const line = (text: string): string => oneLine(text, LIMIT);
      return { check, level, what: line(what), why: line(why), todo: line(todo) };
    });
}
