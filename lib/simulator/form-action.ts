import { simulatorError } from './check';
import type { WebAnswer } from './web';

/** A page whose policy may keep a browser from following its form. */
export interface PolicedPage {
  url: string;
  headers: WebAnswer['headers'];
}

/**
 * Throws when the page's Content-Security-Policy forbids its form to go there. Chromium asks at every redirect too,
 * so a `form-action` must allow the bank's origin, which a shop cannot know: it must leave `form-action` out, or wide.
 */
export function checkFormAction({ url, headers }: PolicedPage, target: string, what: string): void {
  const policies = String(headers['content-security-policy'] ?? '').split(',');
  for (const policy of policies) {
    const sources = formActionOf(policy);
    if (sources === undefined || sources.some((source) => allows(source, new URL(target), new URL(url))))
      continue;
    throw simulatorError(
      `A browser would stop here: the Content-Security-Policy of ${url} says "form-action ${sources.join(' ')}", ` +
        `which does not allow ${what}, ${new URL(target).origin}.`,
    );
  }
}

function formActionOf(policy: string): string[] | undefined {
  const directives = policy.split(';').map((directive) => directive.trim().split(/\s+/));
  return directives.find(([name]) => name?.toLowerCase() === 'form-action')?.slice(1);
}

function allows(source: string, target: URL, page: URL): boolean {
  const text = source.toLowerCase();
  if (text === "'self'") return target.origin === page.origin;
  if (text === '*') return /^https?:$/.test(target.protocol);
  if (/^[a-z][a-z0-9+.-]*:$/.test(text)) return isScheme(text, target);
  return allowsHost(text, target, page);
}

/** `http:` stands for `https:` as well. */
const isScheme = (scheme: string, { protocol }: URL): boolean =>
  scheme === protocol || (scheme === 'http:' && protocol === 'https:');

const HOST_SOURCE =
  /^(?:([a-z][a-z0-9+.-]*:)\/\/)?(\*|(?:\*\.)?[a-z0-9.-]+|\[[0-9a-f:]+\])(?::(\d+|\*))?(?:\/.*)?$/;

/** Paths do not count: a browser forgets them after a redirect. */
function allowsHost(source: string, target: URL, page: URL): boolean {
  const [, scheme = page.protocol, host, port] = HOST_SOURCE.exec(source) ?? [];
  if (host === undefined || !isScheme(scheme, target)) return false;
  const suffix = host.startsWith('*') ? host.slice(1) : undefined;
  const sameHost = suffix === undefined ? host === target.hostname : target.hostname.endsWith(suffix);
  return sameHost && (port === '*' || (port ?? '') === target.port || isDefault(port, target));
}

const isDefault = (port: string | undefined, { protocol, port: actual }: URL): boolean =>
  actual === '' && port === (protocol === 'https:' ? '443' : '80');
