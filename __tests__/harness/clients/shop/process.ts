import { MYSQL, POSTGRES } from '../../../support/databases';
import { serveShop } from '../../chaos/shop/shop-process';
import type { StoreName } from '../../chaos/world/database';
import { CLIENTS } from '../drivers';
import type { Place } from '../opened';

// A shop whose payments are kept through the client that its plan names.
serveShop(async ({ client: name = '', database: { store, filename, tables } }) => {
  const place = placeOf(store, filename);
  const client = CLIENTS.find((one) => one.name === name && one.databases.includes(place.database));
  if (!client) throw new Error(`No client ${name} on ${place.database}. There are: ${known()}.`);
  const open = await client.load();
  return open({ ...place, tableName: tables.payments });
});

function placeOf(store: StoreName, filename: string): Omit<Place, 'tableName'> {
  if (store === 'sqlite') return { database: 'sqlite', url: filename };
  return store === 'pg'
    ? { database: 'postgresql', url: POSTGRES.url }
    : { database: 'mysql', url: MYSQL.url };
}

const known = (): string =>
  CLIENTS.map(({ name, databases }) => `${name} (${databases.join(', ')})`).join(', ');
