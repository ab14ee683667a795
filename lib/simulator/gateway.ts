import bodyParser from 'body-parser';
import { Router } from 'express';
import { javaDouble } from './amount';
import { json, redirect } from './answer';
import type { Context } from './context';
import { addressOf, endpoint, jsonCall, type Act, type Outcome } from './endpoint';
import { gatewayErrorPage, type TokenProblem } from './pages/gateway-error';
import { htmlAnswer } from './pages/layout';
import { arrive, confirm, note, type Entry } from './payment';
import { refuseToken, refuseVerify, type Refusal } from './refusals';
import { findMerchant, isRefusal, judgeToken, judgeVerify } from './rules';

/** The three addresses of the protocol: get-token, redirect-to-gateway, verify-payment. */
export function gatewayRouter(context: Context): Router {
  const router = Router();
  const text = bodyParser.text({ type: () => true });
  const form = bodyParser.urlencoded({ extended: false });
  const token = jsonCall(context, refuseToken, getToken(context));
  const verify = jsonCall(context, refuseVerify, verifyPayment(context));
  router.post('/get-token', text, endpoint(context, 'get-token', token));
  router.post('/redirect-to-gateway', form, endpoint(context, 'redirect-to-gateway', toBank(context)));
  router.post('/verify-payment', text, endpoint(context, 'verify-payment', verify));
  return router;
}

const getToken =
  ({ settings, ledger }: Context): Act =>
  (fields, req) => {
    const no = (refusal: Refusal): Outcome => ({ answer: refuseToken(refusal, settings) });
    const merchant = findMerchant(fields, settings);
    if (isRefusal(merchant)) return no(merchant);
    const order = judgeToken({ fields, merchant, ip: addressOf(req), settings, ledger });
    if (isRefusal(order)) return no(order);
    const entry = ledger.issue(order, merchant);
    return {
      entry,
      answer: json({ status: '1', token: entry.token, errorCode: null, errorDescription: null }),
    };
  };

const toBank =
  ({ ledger, clock, origins }: Context): Act =>
  (fields, req) => {
    const { token } = fields;
    const entry = typeof token === 'string' ? ledger.byToken(token) : undefined;
    entry?.referers.push(req.get('Referer') ?? '');
    const problem = tokenProblem(token, entry);
    if (entry === undefined || problem !== undefined) {
      if (entry) note(entry, clock.now(), 'The token was presented again, and refused.');
      return { entry, answer: htmlAnswer(gatewayErrorPage(problem ?? 'unknown'), 400) };
    }
    arrive(entry, clock.now());
    return { entry, answer: redirect(`${origins.bank}/bank/${entry.ticket}`) };
  };

function tokenProblem(token: unknown, entry: Entry | undefined): TokenProblem | undefined {
  if (token === undefined || token === '') return 'missing';
  if (entry === undefined) return 'unknown';
  if (entry.status === 'token issued') return undefined;
  return entry.status === 'expired' && entry.atBankAt === undefined ? 'expired' : 'used';
}

const verifyPayment =
  ({ settings, ledger, clock }: Context): Act =>
  (fields, req) => {
    const no = (refusal: Refusal): Outcome => ({
      answer: refuseVerify(refusal, settings),
      entry: ledger.byReference(String(fields['referenceNumber'])),
    });
    const merchant = findMerchant(fields, settings);
    if (isRefusal(merchant)) return no(merchant);
    const entry = judgeVerify({ fields, merchant, ip: addressOf(req), ledger });
    if (isRefusal(entry)) return no(entry);
    confirm(entry, clock.now());
    return {
      entry,
      confirmed: entry.amount,
      answer: { ...json({}), body: `{"amount":${javaDouble(entry.amount)}}` },
    };
  };
