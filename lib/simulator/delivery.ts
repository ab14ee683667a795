import type { Context } from './context';
import { createVisit, type WebAnswer } from './web';

/** POSTs a callback to the shop and records the answer. */
export type Deliver = (
  url: string,
  fields: Record<string, string | undefined>,
  headers?: Record<string, string>,
) => Promise<WebAnswer>;

/** POSTs callbacks as a browser coming from the bank does: cross-site, with the bank's origin and without cookies. */
export function createDelivery(context: Context): Deliver {
  const visit = createVisit(context);
  return async (url, fields, headers = {}) => {
    const { bank } = context.origins;
    const record = (status: number, body: string) =>
      context.ledger.record({
        call: 'callback',
        address: url,
        fields,
        answer: { status, body },
        ...(fields['reservationNumber'] !== undefined && { invoiceNumber: fields['reservationNumber'] }),
      });
    try {
      const answer = await visit(url, {
        form: fields,
        headers: { Origin: bank, Referer: `${bank}/`, 'Sec-Fetch-Site': 'cross-site', ...headers },
      });
      record(answer.status, answer.body);
      return answer;
    } catch (error) {
      record(0, String(error));
      throw error;
    }
  };
}
