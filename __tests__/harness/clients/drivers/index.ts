import type { Database, OpenStore } from '../opened';

/** A database client that the tests keep payments through. */
export interface Client {
  /** As `--client` of the chaos names it. */
  name: string;
  databases: readonly Database[];
  /** Late, so that a shop's process loads its own client and no other. */
  load: () => Promise<OpenStore<unknown>>;
}

const SERVERS = ['postgresql', 'mysql'] as const;
const ALL = [...SERVERS, 'sqlite'] as const;

/** Clients whose contract is run by tests beside `lib/stores/clients` as well. */
const DRIVERS: readonly Client[] = [
  { name: 'knex', databases: ALL, load: async () => (await import('./knex.js')).knex },
  { name: 'pg', databases: ['postgresql'], load: async () => (await import('./pg.js')).pg },
  { name: 'mysql2', databases: ['mysql'], load: async () => (await import('./mysql2.js')).mysql2 },
  {
    name: 'better-sqlite3',
    databases: ['sqlite'],
    load: async () => (await import('./better-sqlite3.js')).betterSqlite3,
  },
];

/** Clients that are installed for the tests of this folder alone. */
export const MAPPERS: readonly Client[] = [
  { name: 'prisma', databases: ALL, load: async () => (await import('./prisma.js')).prisma },
  {
    name: 'drizzle-node-postgres',
    databases: ['postgresql'],
    load: async () => (await import('./drizzle.js')).drizzleNodePostgres,
  },
  {
    name: 'drizzle-postgres-js',
    databases: ['postgresql'],
    load: async () => (await import('./drizzle.js')).drizzlePostgresJs,
  },
  {
    name: 'drizzle-mysql2',
    databases: ['mysql'],
    load: async () => (await import('./drizzle.js')).drizzleMysql2,
  },
  { name: 'kysely', databases: SERVERS, load: async () => (await import('./kysely.js')).kysely },
  { name: 'typeorm', databases: SERVERS, load: async () => (await import('./typeorm.js')).typeorm },
  { name: 'sequelize', databases: SERVERS, load: async () => (await import('./sequelize.js')).sequelize },
];

export const CLIENTS = [...DRIVERS, ...MAPPERS];
