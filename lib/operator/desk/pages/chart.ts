import { html, type Html } from '../../../html';
import type { Locale } from '../../../texts';
import { digits } from '../../words';
import type { Today } from '../../today';

const WIDTH = 960;
const HEIGHT = 220;
const BASE = 190;
const TOP = 10;
const STEP = WIDTH / 24;

/** Confirmed Rials an hour as bars: the day, the day before behind it, the week before as an outline. The table says the same. */
export function hourChart({ day, yesterday, lastWeek }: Today, title: string, locale: Locale): Html {
  const days = [day, yesterday, lastWeek];
  const most = Math.max(1, ...days.flatMap(({ hours }) => hours.map(({ amount }) => amount)));
  const bar = (kind: string, hour: number, amount: number, inset: number, width: number): Html | '' => {
    const height = Math.round((amount / most) * (BASE - TOP));
    const x = Math.round(hour * STEP + inset);
    return height === 0
      ? ''
      : html`<rect class="${kind}" x="${x}" y="${BASE - height}" width="${width}" height="${height}" />`;
  };
  return html`<svg class="chart" viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-label="${title}">
    ${yesterday.hours.map(({ amount }, hour) => bar('before', hour, amount, 4, 32))}
    ${day.hours.map(({ amount }, hour) => bar('now', hour, amount, 10, 20))}
    ${lastWeek.hours.map(({ amount }, hour) => bar('week', hour, amount, 7, 26))}
    <line class="axis" x1="0" x2="${WIDTH}" y1="${BASE}" y2="${BASE}" />
    ${day.hours.map((_, hour) =>
      hour % 3 === 0
        ? html`<text x="${Math.round(hour * STEP + STEP / 2)}" y="${HEIGHT - 8}"
            >${digits(String(hour), locale)}</text
          >`
        : '',
    )}
  </svg>`;
}

/** A sign of the legend. */
export const legendSign = (kind: string): Html =>
  html`<svg class="chart" viewBox="0 0 16 16" aria-hidden="true">
    <rect class="${kind}" x="2" y="2" width="12" height="12" />
  </svg>`;
