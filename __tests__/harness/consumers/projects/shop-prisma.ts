import { PrismaPg } from '@prisma/adapter-pg';
import { createPaymentsTable } from 'express-atipay/stores/prisma';
import { PrismaClient } from './generated/prisma/client';
import { pays, url } from './pays';
import { prismaPayments } from './recipes/prisma';

const prisma = new PrismaClient({ adapter: new PrismaPg({ connectionString: url }) });

void pays(
  () => createPaymentsTable(prisma, { dialect: 'postgresql' }),
  (settings) => prismaPayments(prisma, settings),
).then(() => prisma.$disconnect());
