import { javaDouble } from './amount';
import { json, type Answer } from './answer';
import type { AmountFault, SimulatorFault } from './fault-kinds';
import type { Settings } from './options';
import { refusals, refuseToken, refuseVerify, type Refusal } from './refusals';

/** The answer of a fault that keeps a call from taking effect; undefined for the other faults. */
export function answerInstead(fault: SimulatorFault, settings: Settings): Answer | undefined {
  switch (fault.kind) {
    case 'no-answer':
      return { ...json({}), cut: 'silence' };
    case 'reset':
      return { ...json({}), cut: 'reset' };
    case 'http':
      return httpError(fault.status, fault.body ?? 'html');
    case 'refuse':
      return (fault.on === 'get-token' ? refuseToken : refuseVerify)(refusalOf(fault), settings);
    case 'amount':
      return confirms(fault) ? undefined : { ...json({}), body: amountBody(fault, 0) };
    default:
      return undefined;
  }
}

/** The answer that a fault makes of a call that took effect. */
export function alterAnswer(answer: Answer, fault: SimulatorFault, confirmed: number | undefined): Answer {
  switch (fault.kind) {
    case 'answer-lost':
      return { ...answer, cut: fault.by ?? 'reset' };
    case 'garbage':
      return { ...answer, body: '\u0000\u0001 not { JSON', headers: {}, status: 200 };
    case 'truncated':
      return truncate(answer, fault.by ?? 'text');
    case 'amount':
      return confirmed === undefined ? answer : { ...answer, body: amountBody(fault, confirmed) };
    default:
      return answer;
  }
}

function truncate(answer: Answer, by: 'text' | 'connection'): Answer {
  const half = { ...answer, body: answer.body.slice(0, Math.ceil(answer.body.length / 2)) };
  return by === 'text' ? half : { ...half, cut: 'middle' };
}

function httpError(status: number, body: 'json' | 'html' | 'empty'): Answer {
  if (body === 'json') return json({ status, error: 'Simulated', message: 'شبیه‌سازی خطا' }, status);
  const text = body === 'empty' ? '' : `<html><body><h1>${status} Simulated</h1></body></html>`;
  return { status, type: 'text/html; charset=utf-8', body: text };
}

function refusalOf(fault: Extract<SimulatorFault, { kind: 'refuse' }>): Refusal {
  const reason = fault.reason === 'address' ? refusals.address('؟') : refusals.apiKey();
  const { code, message } =
    fault.reason === undefined ? refusals.invalid('درخواست رد شد (شبیه‌سازی خطا).') : reason;
  return { code: fault.code ?? code, message: fault.message ?? message };
}

/** An amount that is none is a refusal, and confirms nothing. */
const confirms = ({ amount = 1, as }: AmountFault): boolean => amount > 0 && as !== 'missing';

function amountBody({ amount, as = 'float' }: AmountFault, own: number): string {
  const value = amount ?? own;
  if (as === 'missing') return '{}';
  if (as === 'string') return `{"amount":"${value}"}`;
  if (as === 'integer' || !Number.isInteger(value)) return `{"amount":${value}}`;
  return `{"amount":${javaDouble(value)}}`;
}
