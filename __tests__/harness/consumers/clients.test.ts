import { join } from 'node:path';
import { describeWith, POSTGRES } from '../../support/databases';
import { freshDatabase, type FreshDatabase } from '../../support/fresh-database';
import { Consumer } from './consumer';
import { DONE } from './shops';

const PACKAGES = ['express@5', '@types/express@5', 'pg@8', '@types/pg@8', '@types/node@20', 'typescript@5.9'];
const CLIENTS = join(__dirname, '../clients');

/** The packages of each client. */
const SHOPS: Record<string, string[]> = {
  prisma: ['prisma@7', '@prisma/client@7', '@prisma/adapter-pg@7'],
  drizzle: ['drizzle-orm@0.45'],
  typeorm: ['typeorm@1'],
  kysely: ['kysely@0.28'],
};

describeWith(POSTGRES, 'a shop on PostgreSQL', () => {
  let shop: Consumer | undefined;
  let database: FreshDatabase;
  beforeEach(async () => (database = await freshDatabase('postgresql')));
  afterEach(async () => {
    shop?.remove();
    await database.drop();
  });

  test.each(Object.entries(SHOPS))(
    'compiles the recipe for %s and takes a payment with it',
    async (client, packages) => {
      shop = await Consumer.create([...PACKAGES, ...packages]);
      shop.adopt(join(CLIENTS, `recipes/${client}.ts`), `recipes/${client}.ts`);
      shop.take('pays.ts');
      if (client === 'prisma') await generate(shop);
      const file = shop.take(`shop-${client}.ts`);
      const compiled = await shop.compile(file, { module: 'node16', skipLibCheck: true });
      expect(compiled).toEqual({ code: 0, out: '', error: '' });
      expect(await shop.payment(join('out', `shop-${client}.js`), database.url)).toEqual(DONE);
    },
  );
});

/** Makes the client of the schema, without the engine that only `prisma migrate` needs. */
async function generate(shop: Consumer): Promise<void> {
  shop.adopt(join(CLIENTS, 'prisma/postgresql.prisma'), 'prisma/schema.prisma');
  const prisma = join('node_modules', '.bin', 'prisma');
  const { code, out, error } = await shop.exec('env', [
    'PRISMA_SCHEMA_ENGINE_BINARY=/bin/true',
    prisma,
    'generate',
  ]);
  if (code !== 0) throw new Error(`prisma generate ended with ${code}:\n${out}${error}`);
}
