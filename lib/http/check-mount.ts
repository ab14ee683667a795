import type { Request, RequestHandler } from 'express';
import { isLoopback } from '../core/origin';
import { AtipayError, helpFor } from '../errors';
import type { Context } from '../payments/context';

/**
 * Compares the router's place in the app with its `publicUrl` when the first request comes: all addresses are made from
 * `publicUrl`. A mistake is logged. Outside production that request and all later ones are also refused, unless the two
 * paths end alike: then a second mount or a path parameter may explain the difference.
 */
export const checkMount = (context: Context): RequestHandler => {
  let checked = false;
  let refusal: string | undefined;
  return (req, _res, next) => {
    if (!checked) refusal = check(context, req);
    checked = true;
    next(refusal === undefined ? undefined : new AtipayError('ERR_ATIPAY_MOUNT', refusal));
  };
};

/** Logs mistakes. Returns the reason to refuse requests, if there is one. */
function check(context: Context, { app, baseUrl }: Request): string | undefined {
  const { publicUrl } = context.settings;
  const isProduction = app.get('env') === 'production';
  if (isProduction) reportTrial(context);
  const path = decodeURI(new URL(`${publicUrl}/`).pathname);
  const place = `${baseUrl}/`;
  if (path.endsWith(place)) return undefined;
  reportWrongMount(context, baseUrl);
  return isProduction || lastSegment(path) === lastSegment(place)
    ? undefined
    : wrongMount(publicUrl, baseUrl);
}

const lastSegment = (path: string): string => path.split('/').at(-2) ?? '';

function wrongMount(publicUrl: string, mountedAt: string): string {
  const fitting = new URL(publicUrl).origin + mountedAt;
  return (
    `The router is mounted at ${mountedAt || '/'}, but publicUrl is ${publicUrl}: the gateway would send buyers to an ` +
    `address that does not exist. Write publicUrl: '${fitting}', or mount the router at the path of publicUrl.`
  );
}

function reportWrongMount({ settings: { publicUrl }, reporter }: Context, mountedAt: string): void {
  const help = helpFor('ERR_ATIPAY_MOUNT');
  reporter.log('error', { publicUrl, mountedAt, help }, wrongMount(publicUrl, mountedAt));
}

/** Settings of a trial that went to production. */
function reportTrial({ settings, reporter }: Context): void {
  const { gatewayUrl, publicUrl } = settings;
  const help = helpFor('ERR_ATIPAY_CONFIG');
  if (isLoopback(new URL(gatewayUrl).hostname)) {
    const message =
      'gatewayUrl points at this machine in production: no buyer can pay at a simulator. Leave gatewayUrl out to reach AtiPay.';
    reporter.log('error', { gatewayUrl, help }, message);
  }
  if (new URL(publicUrl).protocol === 'http:') {
    const message =
      'publicUrl begins with http:// in production: the payment’s secret address is sent unencrypted. Serve the shop over https:// and write that address.';
    reporter.log('error', { publicUrl, help }, message);
  }
}
