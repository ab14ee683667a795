// Controls and line ends forge lines in a log; direction overrides turn around what stands beside them; half a character
// is stored as another one than was given. Marks that Persian needs (ZWNJ, RLM) are none of these.
const UNRULY = /[\p{Cc}\p{Cs}\p{Zl}\p{Zp}\u202a-\u202e\u2066-\u2069]/u;
const BLANKS = /[\s\p{Cc}\p{Cs}\p{Zl}\p{Zp}\u202a-\u202e\u2066-\u2069]+/gu;

/** Whether a text may stand in a log line or on a page as it is. */
export const isOneLine = (text: string): boolean => !UNRULY.test(text);

/** Somebody else's text as a part of one line of ours, at most so many characters long. */
export const oneLine = (text: string, limit: number): string => text.replace(BLANKS, ' ').slice(0, limit);
