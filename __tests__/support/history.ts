import type { HistoryEntry } from 'express-atipay';

type Entries = readonly (HistoryEntry & { text?: string })[];

/** The names of a history's events, oldest first. */
export const eventsOf = (history: Entries): string[] => history.map(({ event }) => event);

/** A history's entries, oldest first, as data: without times and texts. */
export const entriesOf = (history: Entries): Omit<HistoryEntry, 'at'>[] =>
  history.map(({ at: _at, text: _text, ...entry }) => entry);
