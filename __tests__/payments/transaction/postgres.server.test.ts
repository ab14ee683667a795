import { connectTo, describeWith, POSTGRES } from '../../support/databases';
import { transactionSuite } from './suite';

describeWith(POSTGRES, 'transaction on PostgreSQL', () => {
  transactionSuite(() => connectTo(POSTGRES));
});
