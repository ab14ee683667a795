import { describeWith, MYSQL, POSTGRES } from '../../support/databases';
import { servesBesideFrozen } from '../../support/frozen-shop';
import { Bundle } from './world/bundle';

const bundle = new Bundle();
afterAll(() => bundle.remove());

describeWith(POSTGRES, 'on PostgreSQL, while a process is frozen inside its hooks', () =>
  servesBesideFrozen('pg', bundle),
);

describeWith(MYSQL, 'on MySQL or MariaDB, while a process is frozen inside its hooks', () =>
  servesBesideFrozen('mariadb', bundle),
);
