import { networkInterfaces } from 'node:os';
import { startSimulator } from '../../lib/simulator';

const speaksIPv6 = Object.values(networkInterfaces()).some((addresses) =>
  addresses?.some(({ address }) => address === '::1'),
);

const ADDRESSES: [host: string, url: RegExp][] = [['0.0.0.0', /^http:\/\/127\.0\.0\.1:\d+\/v1$/]];
if (speaksIPv6) {
  ADDRESSES.push(['::', /^http:\/\/127\.0\.0\.1:\d+\/v1$/], ['::1', /^http:\/\/\[::1\]:\d+\/v1$/]);
}

test.each(ADDRESSES)(
  'a simulator that listens on %s names an address that leads to it',
  async (host, url) => {
    const simulator = await startSimulator({ host });
    expect(simulator.url).toMatch(url);
    expect((await fetch(simulator.controlUrl)).status).toBe(200);
    await simulator.close();
  },
);

test('an address that is not this machine’s is named', async () => {
  await expect(startSimulator({ host: '192.0.2.1' })).rejects.toMatchObject({
    code: 'ERR_ATIPAY_SIMULATOR',
    message: expect.stringMatching(/^The simulator cannot listen on 192\.0\.2\.1, port 0: /) as string,
  });
});
