import { countsOf } from '../../docs/maintaining/habits';
import { ROOT } from './markdown';

test.each(countsOf(ROOT))(
  '$kind: "$habit" stays under $limit per 1,000 words',
  ({ words, rate, limit, found }) => {
    expect(words).toBeGreaterThan(10_000);
    expect(rate < limit ? [] : found).toEqual([]);
  },
);
