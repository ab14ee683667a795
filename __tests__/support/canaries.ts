/** The secrets that must turn up nowhere. */
export const CANARY_KEY = 'canary-key-7d21e0';
export const CANARY_CARD = '6037998877661230';

/** The results of a canary run. */
export interface CanaryFindings {
  rows: { token: string | null; return_key: string; masked_pan: string | null }[];
  redirectPages: string[];
}
