/** Words at the end of an entry; a purge may have taken them. */
export const words = (text: string): string => (text === '' ? '' : `: ${text}`);

/** A reason of the gateway: its code and its words, where it gave them. */
export const reason = (code: string, description: string): string =>
  (code === '' ? '' : ` (${code})`) + words(description);
