import { csrfSync } from 'csrf-sync';
import { field } from './forms';

/** `csrfSynchronisedProtection` guards POSTs; `generateToken` gives the session's token to a form. */
export const { csrfSynchronisedProtection: csrf, generateToken: csrfToken } = csrfSync({
  getTokenFromRequest: (req) => field(req, '_csrf'),
  size: 32,
});
