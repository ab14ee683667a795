import { randomBytes } from 'node:crypto';
import type { Context } from '../../payments/context';
import type { CheckData, CheckName, Observation } from './finding';
import { codeOf } from './gateway';

const PATIENCE_MS = 10_000;
const INVOICE = '00000000000000000000';
/** The answers of a login, a firewall, and a check of CSRF tokens. */
const GUARDS = ['401', '403', '419'];
const CACHES: readonly [header: string, hit: RegExp][] = [
  ['age', /\d/],
  ['x-cache', /hit/i],
  ['cf-cache-status', /hit/i],
];

/**
 * Posts to the callback as the gateway does, for a payment that cannot be. The router answers with its 404; anything
 * else is something in front of it.
 */
export async function checkCallback({ settings }: Context): Promise<Observation> {
  const url = `${settings.publicUrl}/callback/${INVOICE}/${randomBytes(16).toString('base64url')}`;
  const { publicUrl } = settings;
  try {
    const answer = await fetch(url, {
      method: 'POST',
      body: new URLSearchParams({ state: 'OK', status: '2', reservationNumber: INVOICE }),
      headers: { accept: 'text/html', origin: new URL(settings.gatewayUrl).origin },
      redirect: 'manual',
      signal: AbortSignal.timeout(PATIENCE_MS),
    });
    await answer.body?.cancel();
    return judge(answer, publicUrl);
  } catch (error) {
    return seen('callbackUnreachable', { url: publicUrl, problem: codeOf(error) });
  }
}

function judge(answer: Response, url: string): Observation {
  const { headers } = answer;
  const status = String(answer.status);
  const cache = CACHES.find(([name, hit]) => hit.test(headers.get(name) ?? ''));
  if (cache) return seen('callbackCached', { header: cache[0] });
  if (status.startsWith('3'))
    return seen('callbackRedirect', { status, location: headers.get('location') ?? '' });
  if (GUARDS.includes(status)) return seen('callbackGuarded', { status });
  if (status !== '404' || headers.get('x-robots-tag') !== 'noindex') return seen('callbackOther', { status });
  const kept = !(headers.get('cache-control') ?? '').includes('no-store');
  // The router forbids it; a cache in front may write the header anew.
  if (kept) return seen('callbackCached', { header: 'cache-control' });
  return { check: 'callbackWorks', level: 'fine', data: { url } };
}

type Problem = Extract<CheckName, `callback${string}`>;
const seen = <Check extends Problem>(check: Check, data: CheckData[Check]): Observation<Check> => ({
  check,
  level: 'error',
  data,
});
