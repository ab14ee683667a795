import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as options from './options';
import * as payments from './payments';

const WRITERS: Record<string, () => readonly [page: string, text: string]> = {
  options: () => [options.PAGE, options.optionsPage()],
  payments: () => [payments.PAGE, payments.paymentsPage()],
};

const write = WRITERS[process.argv[2] ?? ''];
if (!write) throw new Error(`Name a page: ${Object.keys(WRITERS).join(', ')}.`);
const [page, text] = write();
writeFileSync(join(__dirname, '..', '..', '..', page), text);
