import { connectTo, describeWith, POSTGRES } from '../../helpers/databases';
import { transactionSuite } from './suite';

describeWith(POSTGRES, 'transaction on PostgreSQL', () => {
  transactionSuite(() => connectTo(POSTGRES));
});
