import { html, type Html } from '../../../html';
import { latinDigits } from '../../../core/iran';
import type { Locale } from '../../../texts';
import { EVERY } from '../../../core/statuses';
import { daysLater, dayText, startOfDay } from '../../dates';
import { reasonText } from '../../texts/reasons';
import { statusText } from '../../texts/statuses';
import { today, type DayFigures, type Today } from '../../today';
import { count, digits, rials } from '../../words';
import type { DeskPage, View } from '../view';
import { hourChart, legendSign } from './chart';
import { whenOf } from './list';
import { input, languageField } from './parts';

/** The figures of a day, beside the day before and the same day a week before. */
export async function todayPage(view: View, query: URLSearchParams): Promise<DeskPage> {
  const { operator, locale, text, link } = view;
  const figures = await today(operator, whenOf(view, query, 'day')?.from ?? operator.now());
  const { day } = figures;
  const other = (days: number): string =>
    link('/today', { day: dayParam(daysLater(day.from, days), locale) });
  const isToday = startOfDay(operator.now()) === day.from;
  return {
    title: `${isToday ? text('today') : text('day')} ${dayText(day.from, locale)}`,
    active: 'today',
    body: html`<p class="buttons">
        <a class="button second" href="${other(-1)}">${text('previousDay')}</a>
        ${isToday ? '' : html`<a class="button second" href="${other(1)}">${text('nextDay')}</a>`}
      </p>
      ${cards(figures, view)}
      <section>
        <h2>${text('chart')}</h2>
        ${hourChart(figures, text('chart'), locale)}
        <p class="legend">
          <span>${legendSign('now')} ${text('thisDay')}</span>
          <span>${legendSign('before')} ${text('yesterday')}</span>
          <span>${legendSign('week')} ${text('lastWeek')}</span>
        </p>
        <details>
          <summary>${text('asTable')}</summary>
          ${hourTable(figures, view)}
        </details>
      </section>
      <div class="columns">
        <section>
          <h2>${text('byStatus')}</h2>
          ${statusTable(figures, view)}
        </section>
        <section>
          <h2>${text('reasons')}</h2>
          ${reasonTable(day, view)}
        </section>
      </div>
      <section>
        <form class="line" method="get" action="${link('/today')}">
          ${languageField(view)}
          <label>${text('day')} ${input('day', query)}</label>
          <button>${text('show')}</button>
        </form>
      </section>`,
  };
}

const rangeOf = ({ from }: DayFigures, { locale }: View): Record<string, string> => ({
  from: dayParam(from, locale),
  until: dayParam(from, locale),
});

/** A day as a form shows it: in the reader's calendar, in Latin digits. */
const dayParam = (at: number, locale: Locale): string => latinDigits(dayText(at, locale));

function cards({ day, yesterday, lastWeek }: Today, view: View): Html {
  const { locale, text, link } = view;
  const compared = (figure: (day: DayFigures) => string): Html =>
    html`<small>${text('yesterday')}: ${figure(yesterday)}</small
      ><small>${text('lastWeek')}: ${figure(lastWeek)}</small>`;
  const percent = ({ conversion }: DayFigures): string =>
    conversion === null
      ? '–'
      : `${count(Math.round(conversion * 100), locale)}${locale === 'fa' ? '٪' : '%'}`;
  const confirmed = link('/payments', { ...rangeOf(day, view), time: 'confirmed', status: 'paid' });
  return html`<div class="figures">
    <div class="card">
      ${text('confirmedSum')}
      <strong><a href="${confirmed}">${rials(day.confirmed.amount, locale)}</a></strong>
      <small>${count(day.confirmed.amount / 10, locale)} ${text('tomans')}</small>
      ${compared(({ confirmed: sum }) => rials(sum.amount, locale))}
    </div>
    <div class="card">
      ${text('count')}
      <strong><a href="${confirmed}">${count(day.confirmed.count, locale)}</a></strong>
      ${compared(({ confirmed: sum }) => count(sum.count, locale))}
    </div>
    <div class="card">
      ${text('startedCount')}
      <strong
        ><a href="${link('/payments', rangeOf(day, view))}">${count(day.started.count, locale)}</a></strong
      >
      ${compared(({ started }) => count(started.count, locale))}
    </div>
    <div class="card">${text('conversion')} <strong>${percent(day)}</strong> ${compared(percent)}</div>
    <div class="card">
      ${text('givenBack')} <strong>${rials(day.givenBack, locale)}</strong>
      ${compared(({ givenBack }) => rials(givenBack, locale))}
    </div>
  </div>`;
}

function hourTable({ day, yesterday, lastWeek }: Today, { locale, text }: View): Html {
  return html`<div class="scroll" role="region" aria-label="${text('asTable')}" tabindex="0">
    <table>
      <thead>
        <tr>
          <th scope="col">${text('hour')}</th>
          <th scope="col">${text('thisDay')}</th>
          <th scope="col">${text('yesterday')}</th>
          <th scope="col">${text('lastWeek')}</th>
        </tr>
      </thead>
      <tbody>
        ${day.hours.map(
          (sum, hour) =>
            html`<tr>
              <th scope="row">${digits(`${String(hour).padStart(2, '0')}:00`, locale)}</th>
              ${[sum, yesterday.hours[hour], lastWeek.hours[hour]].map(
                (each) =>
                  html`<td>
                    ${each?.count ? `${rials(each.amount, locale)} (${count(each.count, locale)})` : '–'}
                  </td>`,
              )}
            </tr>`,
        )}
      </tbody>
    </table>
  </div>`;
}

function statusTable({ day, lastWeek }: Today, view: View): Html {
  const { locale, text, link } = view;
  return html`<table>
    <thead>
      <tr>
        <th scope="col">${text('status')}</th>
        <th scope="col">${text('count')}</th>
        <th scope="col">${text('amount')} (${text('rials')})</th>
        <th scope="col">${text('lastWeek')}</th>
      </tr>
    </thead>
    <tbody>
      ${EVERY.map(
        (status) =>
          html`<tr>
            <th scope="row">
              <a href="${link('/payments', { ...rangeOf(day, view), status })}"
                >${statusText(status, locale)}</a
              >
            </th>
            <td class="num">${count(day.begun[status].count, locale)}</td>
            <td class="num">${count(day.begun[status].amount, locale)}</td>
            <td class="num">${count(lastWeek.begun[status].count, locale)}</td>
          </tr>`,
      )}
    </tbody>
  </table>`;
}

function reasonTable({ reasons }: DayFigures, { locale, text }: View): Html {
  const most = Math.max(1, ...reasons.map((reason) => reason.count));
  if (reasons.length === 0) return html`<p>–</p>`;
  return html`<table>
    <thead>
      <tr>
        <th scope="col">${text('reason')}</th>
        <th scope="col">${text('count')}</th>
      </tr>
    </thead>
    <tbody>
      ${reasons.map(
        ({ reason, count: times }) =>
          html`<tr>
            <th scope="row">${reasonText(reason, locale)}</th>
            <td>
              ${count(times, locale)}
              <meter
                min="0"
                max="${most}"
                value="${times}"
                aria-label="${reasonText(reason, locale)}"
              ></meter>
            </td>
          </tr>`,
      )}
    </tbody>
  </table>`;
}
