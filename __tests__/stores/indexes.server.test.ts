import { connectTo, describeWith, MYSQL, POSTGRES, type DatabaseServer } from '../support/databases';
import { indexesServe } from './indexes';

const server = (database: DatabaseServer) => () => {
  const knex = connectTo(database);
  return { knex, remove: () => knex.destroy() };
};

describeWith(POSTGRES, 'PostgreSQL answers each statement from its index', () => {
  indexesServe('postgresql', server(POSTGRES));
});

describeWith(MYSQL, 'MySQL or MariaDB answers each statement from its index', () => {
  indexesServe('mysql', server(MYSQL));
});
