import { connectTo, describeWith, MYSQL } from '../../support/databases';
import { transactionSuite } from './suite';

describeWith(MYSQL, 'transaction on MySQL or MariaDB', () => {
  transactionSuite(() => connectTo(MYSQL));
});
