import { createHash } from 'node:crypto';
import type { Page } from '../../lib/pages';

/** A page's policy by directive. */
export function policyOf({ headers }: Page): Map<string, string> {
  const directives = (headers['Content-Security-Policy'] ?? '').split('; ').map((directive) => {
    const [name = '', ...values] = directive.split(' ');
    return [name, values.join(' ')] as const;
  });
  return new Map(directives);
}

/** The sources that a policy must have for the contents of the page's `<script>` or `<style>` elements. */
export function sourcesOf({ html }: Page, element: 'script' | 'style'): string[] {
  const contents = html.matchAll(new RegExp(`<${element}>(.*?)</${element}>`, 'gs'));
  return [...contents].map(
    ([, content = '']) => `'sha256-${createHash('sha256').update(content).digest('base64')}'`,
  );
}

/** Fails when anything in the page needs more than the policy's hashes allow. */
export function expectOnlyHashedCode(page: Page): void {
  const policy = policyOf(page);
  expect(policy.get('style-src')).toBe(sourcesOf(page, 'style').join(' '));
  expect(policy.get('script-src') ?? '').toBe(sourcesOf(page, 'script').join(' '));
  expect(page.html).not.toMatch(/\s(style|on[a-z]+)=/);
  expect(page.html).not.toMatch(/<(link|iframe|script [^>]*src)/);
}

export const QUIET_HEADERS = {
  'Cache-Control': 'no-store',
  'X-Content-Type-Options': 'nosniff',
  'X-Frame-Options': 'DENY',
  'X-Robots-Tag': 'noindex',
};
