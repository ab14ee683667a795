import { simulatorError } from './check';
import type { Context } from './context';
import { checkFormAction, type PolicedPage } from './form-action';
import { readForms } from './forms';
import { toOwn, type Visit, type WebAnswer } from './web';

const REDIRECTS = 5;

/** A shop's payment page, as far as it is known: from HTML alone there is neither address nor policy. */
interface ShopPage {
  name: string;
  html: string;
  from?: PolicedPage;
}

/** Brings the buyer to the bank from a shop's page (URL or HTML), from a token, or from the bank's page itself. */
export async function entrance(
  context: Context,
  visit: Visit,
  target: unknown,
  headers: Record<string, string>,
): Promise<string> {
  if (typeof target !== 'string' || target.trim() === '') {
    throw simulatorError(
      'The buyer cannot go: the target is no text. Give the URL or the HTML of the payment page, or a token; was the payment started, and did a token come?',
    );
  }
  if (!/^https?:\/\//i.test(target)) {
    if (!target.includes('<')) return submit(context, visit, target);
    return enter(context, visit, { name: 'The HTML', html: target });
  }
  if (toOwn(target, context.origins)?.startsWith(`${context.origins.gateway}/bank/`)) return target;
  const { url, page } = await open(visit, target, headers);
  const name = `The page ${url} (status ${page.status})`;
  return enter(context, visit, { name, html: page.body, from: { url, headers: page.headers } });
}

/** GETs a page of the shop, following its redirects. */
async function open(
  visit: Visit,
  target: string,
  headers: Record<string, string>,
): Promise<{ url: string; page: WebAnswer }> {
  let url = target;
  for (let hop = 0; hop <= REDIRECTS; hop += 1) {
    const page = await visit(url, { headers });
    if (page.location === undefined) return { url, page };
    url = page.location;
  }
  throw simulatorError(`${target} redirects more than ${REDIRECTS} times.`);
}

/** Submits the page's payment form as a browser would, as far as the page's policies let it. */
async function enter(context: Context, visit: Visit, page: ShopPage): Promise<string> {
  const { action, token } = readPaymentForm(context, page);
  if (page.from === undefined) return submit(context, visit, token);
  checkFormAction(page.from, action, 'the gateway');
  const bank = await submit(context, visit, token, refererOf(page.from));
  checkFormAction(page.from, bank, 'the bank the gateway leads to');
  return bank;
}

/** The form that holds a token, provided that it leads here. */
function readPaymentForm({ origins }: Context, page: ShopPage): { action: string; token: string } {
  const form = readForms(page.html).find(({ fields }) => fields['token'] !== undefined);
  const token = form?.fields['token'];
  if (form === undefined || token === undefined) {
    const beginning = page.html.trim().slice(0, 300);
    throw simulatorError(`${page.name} has no form with a field "token". It begins: ${beginning}`);
  }
  const base = page.from?.url;
  const action = URL.canParse(form.action, base) ? new URL(form.action, base).href : undefined;
  if (action === undefined || toOwn(action, origins) !== `${origins.gateway}/v1/redirect-to-gateway`) {
    throw simulatorError(
      `${page.name} posts its token to "${form.action}", not to this simulator: set the shop's gatewayUrl to ${origins.gateway}/v1.`,
    );
  }
  return { action, token };
}

async function submit(
  { origins }: Context,
  visit: Visit,
  token: string,
  headers: Record<string, string> = {},
): Promise<string> {
  const answer = await visit(`${origins.gateway}/v1/redirect-to-gateway`, { form: { token }, headers });
  if (answer.location !== undefined) return answer.location;
  const reason = /<code[^<>]*>(\w+)</.exec(answer.body)?.[1] ?? answer.body.slice(0, 100);
  throw simulatorError(`redirect-to-gateway refused the token ${token}: ${answer.status} ${reason}.`);
}

/** The `Referer` a browser sends to another origin, under the page's `Referrer-Policy`. */
function refererOf({ url, headers }: PolicedPage): Record<string, string> {
  const policy = String(headers['referrer-policy'] ?? '')
    .split(',')
    .at(-1)
    ?.trim();
  if (policy === 'no-referrer' || policy === 'same-origin') return {};
  return { Referer: policy === 'unsafe-url' ? url : `${new URL(url).origin}/` };
}
