import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { startSimulator } from 'express-atipay/simulator';
import { explained, listen } from '../../example-app/listen';
import { readSettings } from '../../example-app/settings';

test('a taken port is named, with the variable that chooses another', async () => {
  const first = createServer();
  await listen(first, 0, 'PORT');
  const { port } = first.address() as AddressInfo;
  const second = listen(createServer(), port, 'PORT');
  try {
    await expect(second).rejects.toThrow(`Port ${port} is taken. Choose another: PORT=${port + 1} npm start`);
  } finally {
    first.close();
  }
});

test('a taken port of the simulator is explained the same way', async () => {
  const simulator = await startSimulator();
  const { port } = simulator;
  const error: unknown = await startSimulator({ port }).catch((reason: unknown) => reason);
  await simulator.close();
  const message = `Port ${port} is taken. Choose another: SIMULATOR_PORT=${port + 1} npm start`;
  expect(explained(error, port, 'SIMULATOR_PORT')).toMatchObject({ message });
});

test('nothing has to be configured', () => {
  expect(readSettings({})).toEqual({
    port: 3000,
    simulatorPort: 4400,
    publicUrl: 'http://localhost:3000',
    sessionSecret: undefined,
    gateway: undefined,
  });
});

test('an API key and a public address lead to the real gateway', () => {
  const env = { ATIPAY_API_KEY: 'key', PUBLIC_URL: 'https://shop.example/', PORT: '8080' };
  expect(readSettings(env)).toMatchObject({
    port: 8080,
    publicUrl: 'https://shop.example',
    gateway: { apiKey: 'key', terminalId: undefined },
  });
});

test.each([
  [{ PORT: 'eighty' }, 'PORT is "eighty"'],
  [{ PORT: '70000' }, 'PORT is "70000"'],
  [{ SIMULATOR_PORT: '0' }, 'SIMULATOR_PORT is "0"'],
  [{ ATIPAY_API_KEY: 'key' }, 'PUBLIC_URL is not'],
  [{ PUBLIC_URL: 'https://shop.example/path' }, 'PUBLIC_URL is "https://shop.example/path"'],
])('settings that cannot be right are refused: %j', (env, message) => {
  expect(() => readSettings(env)).toThrow(message);
});
