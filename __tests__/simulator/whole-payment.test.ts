import { startSimulator } from 'express-atipay/simulator';
import { newToken, verify } from './gateway';
import { openShop } from './shop';

test('a payment, its verification and the control page work on this Express', async () => {
  const simulator = await startSimulator();
  const shop = await openShop();

  const { referenceNumber } = await simulator.pay(
    await newToken(simulator, { redirectUrl: `${shop.url}/back` }),
  );
  const verified = await verify(simulator, referenceNumber);
  const cleared = await fetch(`${simulator.controlUrl}/faults`, { method: 'DELETE' });

  expect(shop.received).toHaveLength(1);
  expect(verified.json).toEqual({ amount: 250_000 });
  expect(await cleared.json()).toEqual([]);
  await Promise.all([simulator.close(), shop.close()]);
});
