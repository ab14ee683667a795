import assert from 'node:assert';
import type { PaymentRecord } from '../../core/record';
import type { PaymentFilter, PaymentPage, PaymentSearch } from '../store';
import { invoices, NOW, rejectsWith, same, sameList, type ContractGroup, type Scene } from './scene';

/** For stores with {@link PaymentSearch}. */
export const search: ContractGroup = {
  'search: finds by each field that staff look for, newest first': async (scene) => {
    const { older, newer } = await twoPayments(scene);
    const found: [Partial<PaymentFilter>, PaymentRecord[]][] = [
      [{}, [newer, older]],
      [{ invoiceNumber: older.invoiceNumber }, [older]],
      [{ orderId: older.orderId }, [newer, older]],
      [{ referenceNumber: older.referenceNumber ?? '' }, [older]],
      [{ referenceNumber: older.receiptKey ?? '' }, [older]],
      [{ traceNumber: '654321' }, [older]],
      [{ rrn: '12345678901' }, [older]],
      [{ cellNumber: '09121234567' }, [older]],
      [{ cardEnd: '9934' }, [older]],
      [{ statuses: ['paid'] }, [older]],
      [{ statuses: ['paid', 'review'] }, [newer, older]],
      [{ statuses: [] }, [newer, older]],
      [{ begun: { from: NOW + 1 } }, [newer]],
      [{ begun: { from: NOW, before: NOW + 1 } }, [older]],
      [{ confirmed: { from: NOW + 5, before: NOW + 6 } }, [older]],
      [{ confirmed: { before: NOW + 5 } }, []],
      [{ givenBack: { from: NOW + 7, before: NOW + 8 } }, [older]],
      [{ givenBack: { before: NOW + 7 } }, []],
      [{ orderId: older.orderId, statuses: ['paid'], cardEnd: '1111' }, []],
      [{ orderId: '%' }, []],
    ];
    for (const [filter, expected] of found) {
      sameList((await find(scene, filter)).payments, expected);
    }
  },

  'search: finds nothing of another account': async (scene) => {
    const { older } = await twoPayments(scene);
    const filter = { account: `${scene.account} 2`, invoiceNumber: older.invoiceNumber };
    same(await find(scene, filter), { payments: [], next: null });
  },

  'search: gives page after page, each payment once, also while new ones come': async (scene) => {
    const records = await scene.givenMany(25, (index) => ({
      createdAt: NOW + (index % 5),
      status: 'paid',
      verifiedAt: NOW - (index % 3),
      givenBackAt: NOW - (index % 4),
    }));
    for (const filter of [{}, { confirmed: { from: 0 } }, { givenBack: { from: 0 } }]) {
      const met: string[] = [];
      let after: string | undefined;
      for (let pages = 0; pages < 10; pages++) {
        const { payments, next } = await find(scene, { ...filter, limit: 10, after });
        met.push(...invoices(payments).filter((invoice) => invoices(records).includes(invoice)));
        const later = NOW + 100;
        await scene.given({ createdAt: later, verifiedAt: later, givenBackAt: later });
        if (next === null) break;
        after = next;
      }
      same([...met].sort(), invoices(records));
    }
  },

  'search: refuses a filter that makes no sense': async (scene) => {
    const senseless: Partial<PaymentFilter>[] = [
      { limit: 0 },
      { limit: 1.5 },
      { limit: 1_001 },
      { begun: { from: Number.NaN } },
      { after: 'nonsense' },
    ];
    for (const filter of senseless) await rejectsWith('ERR_ATIPAY_STORE', find(scene, filter));
  },
};

async function twoPayments(scene: Scene): Promise<{ older: PaymentRecord; newer: PaymentRecord }> {
  const orderId = `order of ${scene.account}`;
  const referenceNumber = `Ab-_C${scene.account.slice(-12)}==`;
  const older = await scene.given({
    orderId,
    referenceNumber,
    receiptKey: `ab+/c${scene.account.slice(-12).replaceAll('-', '+')}`,
    status: 'paid',
    traceNumber: '654321',
    rrn: '12345678901',
    cellNumber: '09121234567',
    cardEnd: '9934',
    createdAt: NOW,
    verifiedAt: NOW + 5,
    givenBackAt: NOW + 7,
  });
  const newer = await scene.given({ orderId, status: 'review', cardEnd: '1111', createdAt: NOW + 10 });
  return { older, newer };
}

function find({ store, account }: Scene, filter: Partial<PaymentFilter>): Promise<PaymentPage> {
  assert.ok('search' in store, 'the store has no search: pass { search: false } if that is meant');
  return (store as unknown as PaymentSearch).search({ account, ...filter });
}
