import type { Simulator } from '../../lib/simulator';
import { newToken, verify } from './gateway';
import { openShop } from './shop';

jest.mock('express', () => jest.requireActual<object>('express4'));

it('works on Express 4: a payment, its verification, and the control page', async () => {
  const { startSimulator } = jest.requireActual<{ startSimulator: () => Promise<Simulator> }>(
    '../../lib/simulator',
  );
  const simulator = await startSimulator();
  const shop = await openShop();

  const { referenceNumber } = await simulator.pay(
    await newToken(simulator, { redirectUrl: `${shop.url}/back` }),
  );
  const verified = await verify(simulator, referenceNumber);
  const cleared = await fetch(`${simulator.controlUrl}/faults`, { method: 'DELETE' });

  expect(simulator.app).toHaveProperty('del');
  expect(shop.received).toHaveLength(1);
  expect(verified.json).toEqual({ amount: 250_000 });
  expect(await cleared.json()).toEqual([]);
  await Promise.all([simulator.close(), shop.close()]);
});
