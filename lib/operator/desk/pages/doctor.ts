import { html } from '../../../html';
import { doctor, storeDoctor } from '../../doctor/doctor';
import type { Finding } from '../../doctor/finding';
import { sentence } from '../layout';
import type { DeskPage, View } from '../view';

const LEVEL = {
  error: ['levelError', '✗'],
  warning: ['levelWarning', '▲'],
  fine: ['levelFine', '✓'],
} as const;

/** The findings about the shop's setup. `token`: AtiPay is asked for one. */
export async function doctorPage(view: View, token: boolean): Promise<DeskPage> {
  const { operator, locale, text, link } = view;
  const findings = operator.shop
    ? await doctor(operator.shop, { token, locale })
    : await storeDoctor(operator, locale);
  const mayAsk = operator.shop && !token && (await view.may('token'));
  return {
    title: text('doctor'),
    active: 'doctor',
    body: html`<ul>
        ${findings.map((finding) => item(finding, view))}
      </ul>
      ${
        mayAsk
          ? html`<section>
              <form method="post" action="${link('/doctor')}">
                <p>${text('askTokenNote')}</p>
                <div class="buttons"><button class="second">${text('askToken')}</button></div>
              </form>
            </section>`
          : ''
      }`,
  };
}

const item = ({ level, what, why, todo }: Finding, view: View) => {
  const { text } = view;
  const [name, sign] = LEVEL[level];
  return html`<li class="item ${level}">
    <p><strong>${sign} ${text(name)}:</strong> ${sentence(what, view)}</p>
    ${why === '' ? '' : html`<p>${why}</p>`} ${todo === '' ? '' : html`<p><strong>→</strong> ${todo}</p>`}
  </li>`;
};
