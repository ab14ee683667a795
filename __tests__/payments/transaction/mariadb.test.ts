import { connectTo, describeWith, MYSQL } from '../../helpers/databases';
import { transactionSuite } from './suite';

describeWith(MYSQL, 'transaction on MySQL or MariaDB', () => {
  transactionSuite(() => connectTo(MYSQL));
});
