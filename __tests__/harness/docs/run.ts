import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { PAGE, paymentsPage } from './payments';

writeFileSync(join(__dirname, '..', '..', '..', PAGE), paymentsPage());
