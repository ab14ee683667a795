import { isShopFault, REASONS, STATUS_OK, TABLE_1, type ReasonFacts } from '../../lib/core/reasons';
import type { FailureReason } from '../../lib/core/record';

const REASON_NAMES = Object.keys(REASONS) as FailureReason[];

type Row = [
  FailureReason,
  ReasonFacts['fault'],
  status: string,
  mayRetry: string,
  money: string,
  text: string,
];

/** Who caused it, whether the buyer may try again, whether money may have moved, and whether the buyer's text says so. */
const TABLE: Row[] = [
  ['CanceledByUser', 'buyer', 'failed', 'again', 'money', 'silent'],
  ['Failed', 'bank', 'failed', 'again', 'money', 'silent'],
  ['SessionIsNull', 'buyer', 'failed', 'again', 'money', 'silent'],
  ['InvalidParameters', 'shop', 'failed', 'again', 'money', 'silent'],
  ['MerchantIpAddressIsInvalid', 'shop', 'failed', 'in vain', 'money', 'silent'],
  ['TokenNotFound', 'gateway', 'failed', 'again', 'money', 'silent'],
  ['TokenRequired', 'shop', 'failed', 'in vain', 'money', 'silent'],
  ['TerminalNotFound', 'shop', 'failed', 'in vain', 'money', 'silent'],
  ['MultisettlePolicyErrors', 'shop', 'failed', 'in vain', 'money', 'silent'],
  ['TokenRefused', 'gateway', 'failed', 'again', 'no money', 'said'],
  ['GatewayUnavailable', 'gateway', 'failed', 'again', 'no money', 'said'],
  ['Abandoned', 'buyer', 'failed', 'again', 'money', 'said'],
  ['WindowMissed', 'gateway', 'failed', 'again', 'money', 'said'],
  ['OrderNotPayable', 'none', 'failed', 'in vain', 'money', 'said'],
  ['OrderAlreadyPaid', 'none', 'failed', 'in vain', 'money', 'said'],
  ['OrderInReview', 'none', 'failed', 'in vain', 'money', 'said'],
  ['VerificationRefused', 'gateway', 'failed', 'again', 'money', 'said'],
  ['AmountMismatch', 'gateway', 'review', 'in vain', 'money', 'said'],
  ['VerificationUnclear', 'gateway', 'review', 'in vain', 'money', 'said'],
  ['VerificationTimedOut', 'gateway', 'review', 'in vain', 'money', 'said'],
  ['ResolvedByHand', 'none', 'failed', 'in vain', 'money', 'said'],
];

test.each(TABLE)('%s: %s, %s, %s, %s, %s', (reason, fault, status, mayRetry, money, text) => {
  expect(REASONS[reason]).toEqual({
    fault,
    status,
    mayRetry: mayRetry === 'again',
    moneyMayHaveMoved: money === 'money',
    tellsMoney: text === 'said',
  });
});

test('the table has every reason', () => {
  expect(TABLE.map(([reason]) => reason)).toEqual(REASON_NAMES);
});

test('a shop that is set up wrongly is at fault for these alone', () => {
  expect(REASON_NAMES.filter(isShopFault).sort()).toEqual([
    'InvalidParameters',
    'MerchantIpAddressIsInvalid',
    'MultisettlePolicyErrors',
    'TerminalNotFound',
    'TokenRequired',
  ]);
});

test('Table 1 of the protocol has a reason for each number but that of success', () => {
  expect(STATUS_OK).toBe('2');
  expect(Object.entries(TABLE_1)).toEqual([
    ['1', 'CanceledByUser'],
    ['3', 'Failed'],
    ['4', 'SessionIsNull'],
    ['5', 'InvalidParameters'],
    ['8', 'MerchantIpAddressIsInvalid'],
    ['10', 'TokenNotFound'],
    ['11', 'TokenRequired'],
    ['12', 'TerminalNotFound'],
    ['21', 'MultisettlePolicyErrors'],
  ]);
});
