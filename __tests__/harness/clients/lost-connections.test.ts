import { MYSQL, POSTGRES } from '../../support/databases';
import { isBound, isExecuted, says, survivesLosses, type IsMeant } from '../../support/lost-connections';
import { describeEach } from './describe-on';
import { MAPPERS } from './drivers';
import type { Database } from './opened';

/** How an update looks on its way to the server where it is not sent as one text. */
const UPDATES: Record<string, IsMeant> = {
  'drizzle-postgres-js on postgresql': isBound,
  'sequelize on mysql': isExecuted,
};

const SERVERS: Partial<Record<Database, { url: string; isCommit: IsMeant }>> = {
  postgresql: { url: POSTGRES.url, isCommit: says('commit') },
  mysql: { url: MYSQL.url, isCommit: says('set autocommit = 1') },
};

describeEach(MAPPERS, 'connections are lost', ({ name, load }, database) => {
  const server = SERVERS[database];
  if (!server) return;
  survivesLosses(
    server.url,
    async (url, options) => (await load())({ database, url, ...options }),
    UPDATES[`${name} on ${database}`] ?? says('update '),
    server.isCommit,
  );
});
