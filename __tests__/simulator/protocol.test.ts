import { readFileSync } from 'node:fs';
import { Bench } from './bench';
import { getToken } from './rules/get-token';
import { toGateway } from './rules/redirect-to-gateway';
import { verifyPayment } from './rules/verify-payment';
import { wayBack } from './rules/way-back';
import { webServices } from './rules/web-services';

const rules = [...webServices, ...getToken, ...toGateway, ...wayBack, ...verifyPayment];

let bench: Bench;

beforeEach(async () => {
  bench = await Bench.open();
});

afterEach(() => bench.close());

it.each(rules)('$rule: $says', ({ holds }) => holds(bench));

it('every documented rule has a test, and every test a documented rule', () => {
  const documented = [...readFileSync('docs/protocol.md', 'utf8').matchAll(/^\| ([A-Z]\d+) +\|/gm)];
  expect(documented.map(([, rule]) => rule)).toEqual(rules.map(({ rule }) => rule));
});
