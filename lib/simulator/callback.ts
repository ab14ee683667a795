import type { Entry } from './payment';
import { STATES } from './states';

/** What the gateway POSTs to `redirectUrl` through the buyer's browser (protocol §3). */
export interface CallbackFields {
  state: string;
  status: string;
  reservationNumber: string;
  terminalId: string;
  referenceNumber?: string;
  traceNumber?: string;
  maskedPan?: string;
  rrn?: string;
  [field: string]: string | undefined;
}

/** The fields of the way back. Only a payment that was taken has a receipt. */
export function callbackFields(entry: Entry): CallbackFields {
  const state = entry.state ?? 'Failed';
  const { referenceNumber, traceNumber, maskedPan, rrn } = entry;
  return {
    state,
    status: STATES[state],
    reservationNumber: entry.invoiceNumber,
    terminalId: entry.terminalId,
    ...(referenceNumber !== undefined && { referenceNumber }),
    ...(traceNumber !== undefined && { traceNumber }),
    ...(maskedPan !== undefined && { maskedPan }),
    ...(rrn !== undefined && { rrn }),
  };
}
