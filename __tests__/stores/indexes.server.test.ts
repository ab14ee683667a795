import { connectTo, describeWith, MYSQL, POSTGRES } from '../support/databases';
import { indexesServe } from './indexes';

const server = (database: typeof POSTGRES) => () => {
  const knex = connectTo(database);
  return { knex, remove: () => knex.destroy() };
};

describeWith(POSTGRES, 'PostgreSQL answers each statement from its index', () => {
  indexesServe(server(POSTGRES));
});

describeWith(MYSQL, 'MySQL or MariaDB answers each statement from its index', () => {
  indexesServe(server(MYSQL));
});
