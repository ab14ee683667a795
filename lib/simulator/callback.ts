import type { Entry } from './payment';
import { STATES } from './states';

/** The form that the gateway POSTs to `redirectUrl` through the buyer's browser (protocol §3). */
export interface CallbackFields {
  /** The state's name, as in Table 1. */
  state: string;
  /** The state's number, as in Table 1. */
  status: string;
  /** The shop's invoice number. */
  reservationNumber: string;
  /** The merchant's terminal. */
  terminalId: string;
  /** The digital receipt, 50 characters. */
  referenceNumber?: string;
  /** The number the buyer saw at the bank. */
  traceNumber?: string;
  /** The card, its middle hidden. */
  maskedPan?: string;
  /** The bank's retrieval reference number. */
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
