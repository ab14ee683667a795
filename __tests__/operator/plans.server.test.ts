import { connectTo, describeWith, POSTGRES } from '../support/databases';
import { readsByIndexes } from './plans';

describeWith(POSTGRES, 'PostgreSQL', () => readsByIndexes(() => connectTo(POSTGRES)));
