import { html, type Html } from '../html';

/** A time of the simulator's clock, for people and for programs. */
export function moment(at: number): Html {
  const iso = new Date(at).toISOString();
  return html`<time datetime="${iso}">${iso.slice(0, 19).replace('T', ' ')}Z</time>`;
}

/** Rials, grouped by thousands. */
export const rials = (amount: number): string => `${amount.toLocaleString('en-US')} Rials`;
