/** Letters of base64, also URL-safe: receipts of the gateway hold nothing else (protocol §3). */
const RECEIPT = /^[A-Za-z0-9+/=_-]{1,50}$/;

/** Whether a text can be a receipt of the gateway. */
export const isReceipt = (text: string): boolean => RECEIPT.test(text) && foldReceipt(text) !== '';

/**
 * The form in which receipts are compared. Two receipts are the same when they differ only in letter case, in base64's
 * alphabet or in padding: how the gateway compares them is not documented.
 */
export const foldReceipt = (receipt: string): string =>
  receipt.replaceAll('-', '+').replaceAll('_', '/').replaceAll('=', '').toLowerCase();
