import mysql from 'mysql2/promise';
import { Pool } from 'pg';
import * as knexClient from '../../lib/stores/clients/knex';
import * as mysql2Client from '../../lib/stores/clients/mysql2';
import * as pgClient from '../../lib/stores/clients/pg';
import { connectTo, describeWith, MYSQL, POSTGRES, type DatabaseServer } from '../support/databases';
import { isExecuted, says, survivesLosses, type OpenLosing } from '../support/lost-connections';

const overPg: OpenLosing = (url, options) => {
  const pool = new Pool({ connectionString: url, max: 3 });
  pool.on('error', () => undefined);
  return {
    store: new pgClient.PgPaymentStore(pool, options),
    createTable: () => pgClient.createPaymentsTable(pool, options),
    dropTable: () => pgClient.dropPaymentsTable(pool, options),
    close: () => pool.end(),
  };
};

const overMysql2: OpenLosing = (url, options) => {
  const pool = mysql.createPool({ uri: url, connectionLimit: 3 });
  return {
    store: new mysql2Client.Mysql2PaymentStore(pool, options),
    createTable: () => mysql2Client.createPaymentsTable(pool, options),
    dropTable: () => mysql2Client.dropPaymentsTable(pool, options),
    close: () => pool.end(),
  };
};

const overKnex =
  (server: DatabaseServer): OpenLosing =>
  (url, options) => {
    const knex = connectTo({ ...server, url }, { pool: { min: 0, max: 3 } });
    return {
      store: new knexClient.KnexPaymentStore(knex, options),
      createTable: () => knexClient.createPaymentsTable(knex, options),
      dropTable: () => knexClient.dropPaymentsTable(knex, options),
      close: () => knex.destroy(),
    };
  };

describeWith(POSTGRES, 'connections to PostgreSQL that are lost', () => {
  describe('pg', () => survivesLosses(POSTGRES.url, overPg, says('update '), says('commit')));
  describe('Knex', () => survivesLosses(POSTGRES.url, overKnex(POSTGRES), says('update '), says('commit')));
});

describeWith(MYSQL, 'connections to MySQL or MariaDB that are lost', () => {
  describe('mysql2', () => survivesLosses(MYSQL.url, overMysql2, isExecuted, says('set autocommit = 1')));
  describe('Knex', () =>
    survivesLosses(MYSQL.url, overKnex(MYSQL), says('update '), says('set autocommit = 1')));
});
