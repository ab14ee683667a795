import type { SettlementItem } from '../core/record';
import type { AtipayError } from '../errors';

/** get-token's fields (protocol §1). Amounts are Rials. */
export interface TokenRequest {
  /** Rials. */
  amount: number;
  /** Unique per attempt, at most 40 characters. */
  invoiceNumber: string;
  /** Where the buyer is POSTed back to. */
  redirectUrl: string;
  /** `09xxxxxxxxx`. */
  cellNumber?: string | null | undefined;
  /** Shown by the gateway. */
  description?: string | null | undefined;
  /** Shares in Rials that add up to `amount`. */
  settlement?: SettlementItem[] | null | undefined;
}

/** verify-payment's fields (protocol §4). */
export interface VerifyRequest {
  /** The receipt, as the callback brought it. */
  referenceNumber: string;
  /** As the callback brought it; the client's terminal otherwise. */
  terminalId?: string | null | undefined;
}

/** A refusal in the gateway's words. */
export interface Refusal {
  kind: 'refused';
  /** Its `errorCode` or `status`. */
  code: string | undefined;
  /** The gateway's explanation without the values of the call, at most 300 characters. For logs, not for buyers. */
  description: string | undefined;
  /** It is about the shop (key, IP address, terminal), not about this payment: the same call may succeed later. */
  aboutShop: boolean;
}

/** No usable answer came. It is not a refusal: the call may have taken effect. */
export interface NoAnswer {
  kind: 'unanswered';
  /** `ERR_ATIPAY_GATEWAY_UNAVAILABLE`, saying what came instead. */
  error: AtipayError;
  /** A kept connection was closed before any byte of an answer came: worth one more call over a fresh connection. */
  reusedConnection: boolean;
}

/** get-token's answer. */
export type TokenAnswer =
  | {
      kind: 'token';
      /** The token that the buyer's browser takes to the gateway, once. */
      token: string;
    }
  | Refusal
  | NoAnswer;

/** verify-payment's answer. Whether the amount is the right one is for the caller to say. */
export type VerifyAnswer =
  | {
      kind: 'amount';
      /** Rials, more than 0. */
      amount: number;
    }
  | Refusal
  | NoAnswer;

/** A form the buyer's browser posts to the gateway (protocol §2). */
export interface RedirectForm {
  /** The gateway's address. */
  action: string;
  /** The gateway takes no other. */
  method: 'POST';
  /** The form's hidden inputs. */
  fields: {
    /** From get-token; it is good for one visit. */
    token: string;
  };
}
