import { serveShop } from '../../chaos/shop/shop-process';
import type { StoreName } from '../../chaos/world/database';
import { MYSQL, POSTGRES } from '../../../support/databases';
import { CLIENTS, on } from '../drivers';
import type { Place } from '../opened';

// A shop whose payments are kept through the client that its plan names.
serveShop(async ({ client = '', database: { store, filename, tables } }) => {
  const place = placeOf(store, filename);
  const [, , chosen] =
    on(CLIENTS).find(([name, database]) => name === client && database === place.database) ?? [];
  if (!chosen) throw new Error(`No client ${client} on ${store}. There are: ${names()}.`);
  const open = await chosen.load();
  return open({ ...place, tableName: tables.payments });
});

function placeOf(store: StoreName, filename: string): Omit<Place, 'tableName'> {
  if (store === 'sqlite') return { database: 'sqlite', url: filename };
  return store === 'pg'
    ? { database: 'postgresql', url: POSTGRES.url }
    : { database: 'mysql', url: MYSQL.url };
}

const names = (): string =>
  on(CLIENTS)
    .map(([name, database]) => `${name} on ${database}`)
    .join(', ');
