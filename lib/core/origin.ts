/**
 * The origin that payments are begun under. Addresses of this machine count as one: a developer's port changes from
 * start to start.
 */
export function paymentOrigin(publicUrl: string): string {
  const { hostname, origin } = new URL(publicUrl);
  return isLoopback(hostname) ? 'loopback' : origin;
}

/** Whether a host name of a URL is this machine. */
export const isLoopback = (hostname: string): boolean => LOOPBACK.test(hostname);

const LOOPBACK = /^(?:localhost|127(?:\.\d+){3}|\[::1\])$/;
