import type { CallbackFields } from './callback';
import { simulatorError } from './check';
import type { Context } from './context';
import { createDelivery } from './delivery';
import { readForms } from './forms';
import { entrance } from './entrance';
import type { SimulatorState } from './states';
import { createVisit } from './web';

/** How the buyer behaves on the way back to the shop. */
export interface BuyerOptions {
  /** False: the buyer never comes back; `deliver()` of the result brings him later. Default true. */
  deliver?: boolean;
  /** How many times the browser POSTs the callback, one after the other. Default 1. */
  times?: number;
  /** Replaces fields of the callback, adds some, or leaves some out (`undefined`). */
  fields?: Record<string, string | undefined>;
  /** Headers of the buyer's browser towards the shop, for example `Cookie`. */
  headers?: Record<string, string>;
}

/** The shop's answer to a callback. Status 0: nothing was delivered. */
export interface ShopResponse {
  /** The HTTP status. */
  status: number;
  /** Where the shop sends the browser, absolute; not followed. */
  location?: string;
  /** All headers, names in lower case. */
  headers: Record<string, string | string[]>;
  /** The body as text. */
  body: string;
}

/** How a buyer's visit ended. */
export interface BuyerResult {
  /** The shop's invoice number. */
  invoiceNumber: string;
  /** The digital receipt; the empty string when nothing was paid. */
  referenceNumber: string;
  /** The form for the browser to POST. */
  callback: CallbackFields;
  /** Where it was POSTed: the shop's callback address. */
  redirectUrl: string;
  /** The shop's answer to the last delivery. */
  response: ShopResponse;
  /** The shop's answers, one a delivery. */
  responses: ShopResponse[];
  /** POSTs the callback (again), with other fields if some are given. */
  deliver(fields?: Record<string, string | undefined>): Promise<ShopResponse>;
}

/** Ends a visit at the bank in a given state of Table 1. */
export type Finish = (
  target: string,
  options: BuyerOptions & { state: SimulatorState },
) => Promise<BuyerResult>;

const NOT_DELIVERED: ShopResponse = { status: 0, headers: {}, body: '' };

/** Plays the buyer, and his browser, over HTTP. */
export function createBuyer(context: Context): Finish {
  const visit = createVisit(context);
  const post = createDelivery(context);
  return async (target, { state, deliver = true, times = 1, fields, headers = {} }) => {
    const bankUrl = await entrance(context, visit, target, headers);
    const page = await visit(bankUrl, { form: { state } });
    const { never, ...result } = readReturn(context, bankUrl, page.body, state);
    const callback: CallbackFields = { ...result.callback, ...fields };
    const send = (changed?: BuyerOptions['fields']) =>
      post(result.redirectUrl, { ...callback, ...changed }, headers);
    const responses: ShopResponse[] = [];
    for (let time = 0; deliver && !never && time < times; time += 1) responses.push(await send());
    return { ...result, callback, responses, response: responses.at(-1) ?? NOT_DELIVERED, deliver: send };
  };
}

type Returned = Pick<BuyerResult, 'invoiceNumber' | 'referenceNumber' | 'callback' | 'redirectUrl'>;

/** The form of the bank's last page, and its address. */
function readReturn(
  { ledger }: Context,
  bankUrl: string,
  page: string,
  wanted: SimulatorState,
): Returned & { never: boolean } {
  const entry = ledger.byTicket(new URL(bankUrl).pathname.split('/').at(-1) ?? '');
  if (entry === undefined) throw simulatorError(`The bank does not know ${bankUrl}.`);
  if (entry.state !== wanted) {
    const is = entry.state ?? entry.status;
    throw simulatorError(`Invoice ${entry.invoiceNumber} cannot end as ${wanted}: it is ${is}.`);
  }
  const form = readForms(page).at(-1);
  return {
    invoiceNumber: entry.invoiceNumber,
    referenceNumber: entry.referenceNumber ?? '',
    callback: (form?.fields ?? { ...entry.wayBack?.fields }) as CallbackFields,
    redirectUrl: form?.action ?? entry.redirectUrl,
    never: form === undefined,
  };
}
