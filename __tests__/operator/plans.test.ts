import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openSqlite } from '../support/databases';
import { readsByIndexes } from './plans';

describe('SQLite', () => {
  readsByIndexes(() => openSqlite(join(mkdtempSync(join(tmpdir(), 'atipay-test-')), 'shop.db')));
});
