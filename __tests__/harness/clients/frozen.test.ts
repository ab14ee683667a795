import { servesBesideFrozen } from '../../support/frozen-shop';
import { Bundle } from '../chaos/world/bundle';
import { describeEach } from './describe-on';
import { CLIENTS } from './drivers';

const bundle = new Bundle();
afterAll(() => bundle.remove());

// On SQLite one process writes at a time: a frozen writer stops the others.
describeEach(CLIENTS, 'a process is frozen inside its hooks', ({ name }, database) => {
  if (database !== 'sqlite')
    servesBesideFrozen(database === 'mysql' ? 'mariadb' : 'pg', bundle, { client: name });
});
