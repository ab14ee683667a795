import { isShopFault, REASONS } from '../../lib/core/reasons';
import type { FailureReason } from '../../lib/core/record';

const REASON_NAMES = Object.keys(REASONS) as FailureReason[];

test('a shop that is set up wrongly is at fault for these alone', () => {
  expect(REASON_NAMES.filter(isShopFault).sort()).toEqual([
    'InvalidParameters',
    'MerchantIpAddressIsInvalid',
    'MultisettlePolicyErrors',
    'TerminalNotFound',
    'TokenRequired',
  ]);
});
