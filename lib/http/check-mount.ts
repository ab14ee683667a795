import type { RequestHandler } from 'express';
import { isLoopback } from '../core/origin';
import { AtipayError } from '../errors';
import type { Context } from '../payments/context';

/**
 * Compares the router's place in the app with its `publicUrl` when the first request comes: all addresses are made from
 * `publicUrl`. A wrong mount is refused while the app is developed, and logged in production, where a proxy may know
 * more.
 */
export const checkMount = (context: Context): RequestHandler => {
  const { publicUrl } = context.settings;
  const path = decodeURI(new URL(`${publicUrl}/`).pathname);
  let checked = false;
  return (req, _res, next) => {
    const isProduction = req.app.get('env') === 'production';
    const misplaced = path.endsWith(`${req.baseUrl}/`) ? undefined : wrongMount(publicUrl, req.baseUrl);
    if (!checked) {
      checked = true;
      if (misplaced) context.reporter.log('error', { publicUrl, mountedAt: req.baseUrl }, misplaced.message);
      if (isProduction) warnOfTrial(context);
    }
    next(isProduction ? undefined : misplaced);
  };
};

function wrongMount(publicUrl: string, mountedAt: string): AtipayError {
  const fitting = new URL(publicUrl).origin + mountedAt;
  return new AtipayError(
    'ERR_ATIPAY_CONFIG',
    `The router is mounted at ${mountedAt || '/'}, but publicUrl is ${publicUrl}: the gateway would send buyers to an ` +
      `address that does not exist. Write publicUrl: '${fitting}', or mount the router at the path of publicUrl.`,
  );
}

/** Settings of a trial that went to production. */
function warnOfTrial({ settings, reporter }: Context): void {
  const { gatewayUrl, publicUrl } = settings;
  if (isLoopback(new URL(gatewayUrl).hostname)) {
    const message = 'gatewayUrl points at this machine in production: no buyer can pay at a simulator.';
    reporter.log('error', { gatewayUrl }, message);
  }
  if (new URL(publicUrl).protocol === 'http:') {
    const message =
      'publicUrl begins with http:// in production: the payment’s secret address is sent unencrypted.';
    reporter.log('error', { publicUrl }, message);
  }
}
