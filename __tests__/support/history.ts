import type { HistoryEntry } from 'express-atipay';

type Entries = readonly (HistoryEntry & { text?: string })[];

/** The names of what a history records, oldest first. */
export const eventsOf = (history: Entries): string[] => history.map(({ event }) => event);

/** What a history records, oldest first, as data: without times and texts. */
export const entriesOf = (history: Entries): Omit<HistoryEntry, 'at'>[] =>
  history.map(({ at: _at, text: _text, ...entry }) => entry);
