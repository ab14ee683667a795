import { simulatorError } from './check';
import type { Context } from './context';
import { readForms } from './forms';
import { toOwn, type Visit, type WebAnswer } from './web';

const REDIRECTS = 5;

/** Brings the buyer to the bank from a shop's page (URL or HTML), from a token, or from the bank's page itself. */
export async function entrance(
  context: Context,
  visit: Visit,
  target: string,
  headers: Record<string, string>,
): Promise<string> {
  if (!/^https?:\/\//i.test(target)) {
    const token = target.includes('<') ? readToken(context, target, 'The HTML') : target;
    return submit(context, visit, token, {});
  }
  if (toOwn(target, context.origins)?.startsWith(`${context.origins.gateway}/bank/`)) return target;
  const { url, page } = await open(visit, target, headers);
  const token = readToken(context, page.body, `The page ${url} (status ${page.status})`, url);
  return submit(context, visit, token, refererOf(page, url));
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

/** The token in a shop's form, provided that the form leads here. */
function readToken({ origins }: Context, page: string, name: string, base?: string): string {
  const form = readForms(page).find(({ fields }) => fields['token'] !== undefined);
  const token = form?.fields['token'];
  if (form === undefined || token === undefined) {
    throw simulatorError(`${name} has no form with a field "token". It begins: ${page.trim().slice(0, 300)}`);
  }
  const gateway = `${origins.gateway}/v1/redirect-to-gateway`;
  if (!URL.canParse(form.action, base) || toOwn(new URL(form.action, base).href, origins) !== gateway) {
    throw simulatorError(
      `${name} posts its token to "${form.action}", not to this simulator: set the shop's gatewayUrl to ${origins.gateway}/v1.`,
    );
  }
  return token;
}

async function submit(
  { origins }: Context,
  visit: Visit,
  token: string,
  headers: Record<string, string>,
): Promise<string> {
  const answer = await visit(`${origins.gateway}/v1/redirect-to-gateway`, { form: { token }, headers });
  if (answer.location !== undefined) return answer.location;
  const reason = /<code[^>]*>(\w+)</.exec(answer.body)?.[1] ?? answer.body.slice(0, 100);
  throw simulatorError(`redirect-to-gateway refused the token ${token}: ${String(answer.status)} ${reason}.`);
}

/** The `Referer` a browser sends to another origin, under the page's `Referrer-Policy`. */
function refererOf(page: WebAnswer, url: string): Record<string, string> {
  const policies = String(page.headers['referrer-policy'] ?? '').split(/\s*,\s*/);
  const policy = policies.at(-1) ?? '';
  if (policy === 'no-referrer' || policy === 'same-origin') return {};
  return { Referer: policy === 'unsafe-url' ? url : `${new URL(url).origin}/` };
}
