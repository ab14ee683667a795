import { randomBytes } from 'node:crypto';
import type { Answer } from '../answer';
import { Html, html } from '../html';
import { styles } from './styles';

/** A page, before it has its policy. */
export interface Page {
  title: string;
  main: Html;
  /** Runs in the page; everything works without it. */
  script?: string;
  /** Without JavaScript the page reloads itself after so many seconds. */
  reloadAfter?: number;
  language?: 'fa' | 'en';
}

/**
 * A page as an answer: marked as a simulation, under a strict policy (without `form-action`: the way back leads
 * anywhere).
 */
export function htmlAnswer(page: Page, status = 200): Answer {
  const nonce = randomBytes(16).toString('base64url');
  const policy = [
    "default-src 'none'",
    `style-src 'nonce-${nonce}'`,
    ...(page.script === undefined ? [] : [`script-src 'nonce-${nonce}'`]),
    "base-uri 'none'",
    "frame-ancestors 'none'",
  ];
  return {
    status,
    type: 'text/html; charset=utf-8',
    body: layout(page, nonce).text,
    headers: { 'Content-Security-Policy': policy.join('; '), 'X-Content-Type-Options': 'nosniff' },
  };
}

function layout({ title, main, script, reloadAfter, language = 'fa' }: Page, nonce: string): Html {
  return html`<!doctype html>
    <html lang="${language}" dir="${language === 'fa' ? 'rtl' : 'ltr'}">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="robots" content="noindex" />
        <title>${title}</title>
        ${reloadAfter !== undefined && html`<noscript><meta http-equiv="refresh" content="${reloadAfter}" /></noscript>`}
        <style nonce="${nonce}">
          ${new Html(styles)}
        </style>
      </head>
      <body>
        <header class="mark" lang="fa" dir="rtl">
          <p><strong>شبیه‌ساز</strong> – پول واقعی جابه‌جا نمی‌شود</p>
          ${language === 'en' && html`<p lang="en" dir="ltr"><strong>Simulator</strong>: no real money moves</p>`}
        </header>
        <main>${main}</main>
        ${
          script !== undefined &&
          html`<script nonce="${nonce}">
            ${new Html(script)};
          </script>`
        }
      </body>
    </html> `;
}
