import { compileBlocks } from '../docs/compile';

const KNEX_STORE = `
  const { KnexPaymentStore } = await import('express-atipay/stores/knex');
  const store = new KnexPaymentStore(knex);`;

/** A mistake, the shop's code, and the expected line of the compiler's message. */
const MISTAKES: [mistake: string, code: string, says: RegExp][] = [
  [
    'a forgotten store',
    `atipayRouter({
      apiKey: 'key',
      publicUrl: 'https://shop.example/payment',
      onSuccess: (payment) => console.log(payment.orderId),
    });`,
    /^Property 'store' is missing in type '{.*}' but required in type 'AtipayConfig<never>'\.$/,
  ],
  [
    'a forgotten onSuccess',
    `atipayRouter({ apiKey: 'key', publicUrl: 'https://shop.example/payment', store: options.store });`,
    /^Property 'onSuccess' is missing in type '{.*}' but required in type 'AtipayConfig<never>'\.$/,
  ],
  [
    'a database where the store is meant',
    'atipayRouter({ ...options, store: knex });',
    /^Type 'Knex<any, any\[\]>' is missing the following properties from type 'PaymentStore<never>': find, /,
  ],
  [
    'a hook for another outcome',
    `atipayRouter({
      ...options,
      onSuccess: (payment: import('express-atipay').FailedPayment) => payment.failure.reason,
    });`,
    /^Property 'failure' is missing in type 'PaidPayment' but required in type 'FailedPayment'\.$/,
  ],
  [
    'a hook for another store',
    `${KNEX_STORE}
    const onSuccess = ({ orderId }: PaidPayment, { transaction }: HookContext<string>) =>
      transaction((sql) => sql + orderId);
    atipayRouter({ ...options, store, onSuccess });`,
    /^Type 'Transaction<any, any\[\]>' is not assignable to type 'string'\.$/,
  ],
  [
    'an address where a hook is meant',
    `atipayRouter({ ...options, onSuccess: 'https://shop.example/paid' });`,
    /^Type 'string' is not assignable to type '\(payment: PaidPayment, context: HookContext<never>\) => unknown'\.$/,
  ],
  [
    'a misspelt option',
    'atipayRouter({ ...options, getorder: () => null });',
    /'getorder' does not exist in type 'AtipayConfig<never>'\. Did you mean to write 'getOrder'\?$/,
  ],
  [
    'an amount as text',
    `atipayRouter({ ...options, getOrder: () => ({ orderId: 1, amount: '250000' }) });`,
    /^Type 'string' is not assignable to type 'number \| bigint'\.$/,
  ],
  [
    'an order without an id, awaited',
    'atipayRouter({ ...options, getOrder: async () => ({ amount: 250_000 }) });',
    /^Property 'orderId' is missing in type '{ amount: number; }' but required in type 'OrderInput'\.$/,
  ],
];

let said: string[];

beforeAll(() => {
  said = compileBlocks(MISTAKES.map(([page, code]) => ({ page, line: 1, language: 'ts', code })));
});

test.each(MISTAKES)(
  '%s is the one thing the compiler speaks of, and its last line says so',
  (mistake, _, says) => {
    const own = said.filter((message) => message.startsWith(`${mistake}:`));
    expect(own).toHaveLength(1);
    const lines = own.map((message) => message.replace(/^[^:]*:\d+: /, '').split('\n')).flat();
    expect(lines.at(-1)?.trim()).toMatch(says);
  },
);
