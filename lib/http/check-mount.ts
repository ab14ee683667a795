import type { RequestHandler } from 'express';
import { isLoopback } from '../core/origin';
import { AtipayError, helpFor } from '../errors';
import type { Context } from '../payments/context';

/**
 * Compares the router's place in the app with its `publicUrl` when the first request comes: all addresses are made from
 * `publicUrl`. A mistake is logged. Outside production the request is also refused, unless the two paths end alike: then
 * a second mount or a path parameter may explain the difference.
 */
export const checkMount = (context: Context): RequestHandler => {
  const { publicUrl } = context.settings;
  const path = decodeURI(new URL(`${publicUrl}/`).pathname);
  let checked = false;
  return (req, _res, next) => {
    const isProduction = req.app.get('env') === 'production';
    const fits = path.endsWith(`${req.baseUrl}/`);
    if (!checked) {
      if (!fits) reportWrongMount(context, req.baseUrl);
      if (isProduction) reportTrial(context);
    }
    checked = true;
    const refused = !fits && !isProduction && lastSegment(path) !== lastSegment(`${req.baseUrl}/`);
    next(refused ? new AtipayError('ERR_ATIPAY_MOUNT', wrongMount(publicUrl, req.baseUrl)) : undefined);
  };
};

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
