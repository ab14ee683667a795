import { sqliteFile } from '../support/databases';
import { indexesServe } from './indexes';

describe('SQLite answers each statement from its index', () => indexesServe('sqlite', sqliteFile));
