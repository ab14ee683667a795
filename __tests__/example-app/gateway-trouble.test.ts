import { openShop } from './shop';

test('without a token the buyer gets the order and the reason, and can try again', async () => {
  const log = jest.spyOn(console, 'error').mockImplementation(() => undefined);
  const shop = await openShop({ apiKey: 'not-registered' });
  try {
    const buyer = shop.visitor();
    const page = await buyer.buy();
    expect(page).toBe('/orders/1');
    expect((await buyer.get(page)).text).toContain('درگاه پرداخت این درخواست را نپذیرفت');
    expect((await buyer.get(page)).text).toContain('پرداخت دوباره');
    expect(log).toHaveBeenCalledTimes(1);
  } finally {
    log.mockRestore();
    await shop.close();
  }
});
