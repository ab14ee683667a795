import { html } from '../html';
import type { Page } from './layout';

/** Why the control page refused a request. */
export function problemPage(message: string): Page {
  return {
    title: 'AtiPay simulator: not done',
    language: 'en',
    main: html`<section class="card">
      <h1>Not done</h1>
      <p>${message}</p>
      <p><a href="/simulator">Back to the simulator</a></p>
    </section>`,
  };
}
