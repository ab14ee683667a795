import { connectTo, describeWith, MYSQL, POSTGRES } from '../support/databases';
import { findsThem } from './search';

const server = (database: typeof POSTGRES) => () => {
  const knex = connectTo(database);
  return { knex, close: () => knex.destroy() };
};

describeWith(POSTGRES, 'a search on PostgreSQL', () => findsThem(server(POSTGRES)));
describeWith(MYSQL, 'a search on MySQL or MariaDB', () => findsThem(server(MYSQL)));
