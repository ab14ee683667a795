import { Outage } from '../../lib/payments/outage';

type Answer = Parameters<Outage['note']>[0];

test.each<[string, Answer[], boolean]>([
  ['as many silences as it takes', ['unanswered', 'unanswered'], true],
  ['one silence too few', ['unanswered'], false],
  ['an answer before', ['amount', 'unanswered', 'unanswered'], false],
  ['an answer after', ['unanswered', 'unanswered', 'refused'], false],
  ['an attempt of another process', [undefined, 'unanswered', 'unanswered'], true],
])('a sweep with %s', (_what, answers, noticed) => {
  const outage = new Outage({ outageAfter: 2 });
  for (const answer of answers) outage.note(answer);
  expect(outage.noticed).toBe(noticed);
});
