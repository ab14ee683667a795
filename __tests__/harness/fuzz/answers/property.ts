import { inspect, isDeepStrictEqual } from 'node:util';
import fc from 'fast-check';
import { AtipayClient, type TokenAnswer, type VerifyAnswer } from '../../../../lib/gateway/client';
import { body, startFakeGateway } from '../../../support/fake-gateway';
import { API_KEY, CARD_NUMBER, reply, type Meaning, type Reasons, type Reply } from './replies';

type Kind = VerifyAnswer['kind'] | TokenAnswer['kind'];
export type Kinds = Partial<Record<Kind, number>>;

/** The rest of an answer without the gateway's words, which are checked separately. */
const core = (answer: VerifyAnswer | TokenAnswer): unknown => {
  switch (answer.kind) {
    case 'amount':
    case 'token':
      return answer;
    default:
      return { kind: answer.kind };
  }
};

const UNANSWERED = { kind: 'unanswered' };
const REFUSED = { kind: 'refused' };

function confirmed(means: Meaning | undefined): unknown {
  if (!means || means.amount === 'unreadable') return UNANSWERED;
  if (means.amount === 'none') return isRefusal(means.reasons) ? REFUSED : UNANSWERED;
  if (!Number.isSafeInteger(means.amount)) return UNANSWERED;
  return means.amount > 0 ? { kind: 'amount', amount: means.amount } : REFUSED;
}

/** Without an amount: an error, unless its code says that there is none. */
function isRefusal({ errorCode, errorDescription, faMessage }: Reasons): boolean {
  if (errorCode !== undefined) return errorCode !== '0' && errorCode !== '2';
  return errorDescription !== undefined || faMessage !== undefined;
}

function granted(means: Meaning | undefined): unknown {
  if (!means) return UNANSWERED;
  if (means.fine) return means.token === undefined ? UNANSWERED : { kind: 'token', token: means.token };
  return Object.values(means.reasons).some((reason) => reason !== undefined) ? REFUSED : UNANSWERED;
}

function mustBe(what: string, found: VerifyAnswer | TokenAnswer, expected: unknown): void {
  if (isDeepStrictEqual(core(found), expected)) return;
  throw new Error(`${what}: ${inspect(found)}, expected ${inspect(expected)}`);
}

function mustBeFitForLogs(answer: VerifyAnswer | TokenAnswer): void {
  const text = inspect(answer, { depth: 9 });
  if (text.includes(API_KEY)) throw new Error(`tells the key: ${text}`);
  if (text.replace(/[ -]/g, '').includes(CARD_NUMBER)) throw new Error(`tells the card number: ${text}`);
  if (answer.kind === 'unanswered' && answer.error.code !== 'ERR_ATIPAY_GATEWAY_UNAVAILABLE') {
    throw new Error(`unanswered with ${answer.error.code}`);
  }
  if (answer.kind !== 'refused') return;
  for (const words of [answer.code, answer.description]) {
    if (words !== undefined && (words.length > 300 || /[\p{Cc}\p{Cs}\u202e]/u.test(words))) {
      throw new Error(`not fit for a line of a log: ${JSON.stringify(words)}`);
    }
  }
}

/** Answers as a gateway might give them, whole or broken, each compared with its allowed readings. */
export async function fuzzAnswers(
  runs: number,
  seed: number,
  path?: string,
): Promise<{ failure: string | undefined; kinds: Kinds }> {
  const gateway = await startFakeGateway();
  const client = new AtipayClient({ apiKey: API_KEY, gatewayUrl: gateway.url });
  const kinds: Kinds = {};
  const check = async ({ status, body: content, encoding, means }: Reply): Promise<void> => {
    gateway.answers(body(content, status, encoding === undefined ? {} : { 'Content-Encoding': encoding }));
    gateway.calls.length = 0;
    const verified = await client.verifyPayment({ referenceNumber: 'R' });
    const token = await client.getToken({
      amount: 1,
      invoiceNumber: '1',
      redirectUrl: 'https://shop.example/',
    });
    mustBe('verify-payment', verified, confirmed(means));
    mustBe('get-token', token, granted(means));
    if (gateway.calls.length !== 2) throw new Error(`asked ${gateway.calls.length} times`);
    for (const answer of [verified, token]) {
      mustBeFitForLogs(answer);
      kinds[answer.kind] = (kinds[answer.kind] ?? 0) + 1;
    }
  };
  const details = await fc.check(fc.asyncProperty(reply, check), {
    numRuns: runs,
    seed,
    ...(path !== undefined && { path }),
  });
  await gateway.close();
  const failure = details.failed
    ? `${String(details.errorInstance)}\n${await fc.asyncDefaultReportMessage(details)}`
    : undefined;
  return { failure, kinds };
}
