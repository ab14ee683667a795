import { checkConfig, type AtipayConfig } from '../../lib/config';
import { AtipayError } from '../../lib/errors';
import { MemoryPaymentStore } from '../../lib/stores/memory';

export const API_KEY = 'the-s3cret-key';

/** The required options. */
export const REQUIRED = {
  apiKey: API_KEY,
  publicUrl: 'https://shop.example/payment',
  store: new MemoryPaymentStore({ quiet: true }),
  onSuccess: (): void => undefined,
};

/** Checks a config that nothing is wrong with but these changes. */
export const given = (changes: object = {}): ReturnType<typeof checkConfig> =>
  checkConfig({ ...REQUIRED, ...changes });

/** The message that a config is refused with. */
export function refusal(config: unknown): string {
  try {
    checkConfig(config as AtipayConfig);
  } catch (error) {
    if (error instanceof AtipayError && error.code === 'ERR_ATIPAY_CONFIG') return error.message;
    throw error;
  }
  throw new Error('The config was not refused.');
}

/** The lines of that error, one a problem, for these changes. */
export const problems = (changes: object): string[] =>
  refusal({ ...REQUIRED, ...changes })
    .split('\n')
    .slice(1);
