import { connectTo, describeWith, MYSQL, POSTGRES } from '../support/databases';
import { countsAsTheMemoryStoreDoes } from './figures';

for (const server of [POSTGRES, MYSQL]) {
  describeWith(server, server.name, () => countsAsTheMemoryStoreDoes(() => connectTo(server)));
}
