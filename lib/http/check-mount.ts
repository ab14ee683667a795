import type { RequestHandler } from 'express';
import { isLoopback } from '../core/origin';
import type { Context } from '../payments/context';

/**
 * Compares the router's place in the app with its `publicUrl` when the first request comes: all addresses are made from
 * `publicUrl`. A mistake is logged and not refused: a router may be mounted twice, or under a parameter.
 */
export const checkMount = (context: Context): RequestHandler => {
  const { publicUrl } = context.settings;
  const path = decodeURI(new URL(`${publicUrl}/`).pathname);
  let checked = false;
  return (req, _res, next) => {
    if (!checked) {
      if (!path.endsWith(`${req.baseUrl}/`)) reportWrongMount(context, req.baseUrl);
      if (req.app.get('env') === 'production') reportTrial(context);
    }
    checked = true;
    next();
  };
};

function reportWrongMount({ settings: { publicUrl }, reporter }: Context, mountedAt: string): void {
  const fitting = new URL(publicUrl).origin + mountedAt;
  const message =
    `The router is mounted at ${mountedAt || '/'}, but publicUrl is ${publicUrl}: the gateway would send buyers to an ` +
    `address that does not exist. Write publicUrl: '${fitting}', or mount the router at the path of publicUrl.`;
  reporter.log('error', { publicUrl, mountedAt }, message);
}

/** Settings of a trial that went to production. */
function reportTrial({ settings, reporter }: Context): void {
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
