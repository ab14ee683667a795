import { readFileSync } from 'node:fs';
import { TABLE_1 } from '../../lib/core/reasons';
import { refusals } from '../../lib/simulator/refusals';
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

it('a refusal that only the simulator has uses no code of Table 1', () => {
  const own = [refusals.apiKey(), refusals.duplicate('1'), refusals.receipt(), refusals.returned()];
  const codes = own.map(({ code }) => String(code));
  expect(new Set(codes).size).toBe(own.length);
  expect(codes.filter((code) => code in TABLE_1)).toEqual([]);
});
