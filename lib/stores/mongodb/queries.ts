import { LOOKED_UP, TIMES } from '../sql/figures';
import type { Condition } from '../sql/search';
import type { DuePage } from '../sql/statements';
import type { LookUpQuery, OrderQuery, TallyQuery } from '../store';
import { fieldOf, presenceOf } from './documents';
import type { Document } from './driver';

// Values stand behind operators: a value that is itself an object is compared, and not obeyed.

/** One status and origin of due payments. */
export const dueFilter = ({ account, origin, status, now, after }: DuePage): Document => ({
  account: { $eq: account },
  origin: { $eq: origin },
  status: { $eq: status },
  due_at: { ...presenceOf('due_at'), $lte: now },
  ...(after && {
    $or: [
      { due_at: { $gt: after.dueAt } },
      { due_at: { $eq: after.dueAt }, _id: { $gt: after.invoiceNumber } },
    ],
  }),
});

/** Attempts at an order. */
export const orderFilter = (
  account: string,
  orderId: string,
  statuses: OrderQuery['statuses'],
): Document => ({
  account: { $eq: account },
  order_id: { $eq: orderId },
  ...(statuses && { status: { $in: statuses } }),
});

/** A search's conditions: those on one field stand together. */
export function searchFilter(conditions: readonly Condition[]): Document {
  const filter: Record<string, Document> = {};
  const or: Document[] = [];
  for (const condition of conditions) {
    const field = fieldOf(condition.column);
    if (condition.is === 'beyond') or.push(...beyond(field, condition));
    else filter[field] = { ...presenceOf(condition.column), ...filter[field], ...operatorOf(condition) };
  }
  return or.length === 0 ? filter : { ...filter, $or: or };
}

const OPERATORS = { '=': '$eq', '>=': '$gte', '<': '$lt' } as const;

function operatorOf(condition: Exclude<Condition, { is: 'beyond' }>): Document {
  if (condition.is === 'present') return {};
  if (condition.is === 'among') return { $in: condition.values };
  return { [OPERATORS[condition.is]]: condition.value };
}

const beyond = (field: string, { at, invoice }: Extract<Condition, { is: 'beyond' }>): Document[] => [
  { [field]: { $lt: at } },
  { [field]: { $eq: at }, _id: { $lt: invoice } },
];

/** Payments that hold one of several values. */
export const lookUpFilter = ({ account, field, values }: LookUpQuery): Document => ({
  account: { $eq: account },
  [fieldOf(LOOKED_UP[field])]: { ...presenceOf(LOOKED_UP[field]), $in: values },
});

/** Counts and sums of payments. */
export function tallyPipeline({ account, by, from, before, everyMs }: TallyQuery): Document[] {
  const time = TIMES[by];
  const step = { $subtract: [`$${time}`, { $mod: [{ $subtract: [`$${time}`, from] }, everyMs] }] };
  return [
    { $match: { account: { $eq: account }, [time]: { ...presenceOf(time), $gte: from, $lt: before } } },
    {
      $group: {
        _id: { step, status: '$status', reason: '$failure_reason' },
        payments: { $sum: 1 },
        total: { $sum: '$amount' },
        returned: { $sum: '$given_back' },
      },
    },
    { $sort: { '_id.step': 1 } },
  ];
}
