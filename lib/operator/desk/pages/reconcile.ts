import { html, type Html } from '../../../html';
import type { Cell } from '../../csv';
import { dayText } from '../../dates';
import { label } from '../../labels';
import type { ColumnName } from '../../reconcile/columns';
import { lineCells, lineHead, listText } from '../../reconcile/lines';
import { LISTS, type ListName, type Reconciliation } from '../../reconcile/reconcile';
import { count, rials } from '../../words';
import { identifier, sentence } from '../layout';
import type { DeskPage, View } from '../view';

/** Lines of each list that the page shows. */
export const SHOWN = 100;

/**
 * The form that takes a report, its file last so that it can be compared while it arrives, with the problems of the one
 * that was sent.
 */
export function reconcileForm(view: View, problem?: string): DeskPage {
  const { text, link } = view;
  return {
    title: text('reconcile'),
    active: 'reconcile',
    ...(problem !== undefined && { status: 422 }),
    body: html`${problem === undefined ? '' : html`<p class="item error" role="alert">${sentence(problem, view)}</p>`}
      <section>
        <form method="post" action="${link('/reconcile')}" enctype="multipart/form-data">
          <div class="line">
            <label
              >${text('reportUnit')}
              <select name="unit">
                <option value="">${text('unitByReport')}</option>
                <option value="IRR">${text('rials')}</option>
                <option value="IRT">${text('tomans')}</option>
              </select></label
            >
            <label>${text('from')} <input name="from" dir="auto" /></label>
            <label>${text('until')} <input name="until" dir="auto" /></label>
          </div>
          <label>
            <span>${text('mapNote')} ${identifier(text('mapExample'))}</span>
            <input name="map" dir="auto"
          /></label>
          <label
            >${text('reportFile')} <input type="file" name="report" required accept=".csv,.tsv,.txt,text/csv"
          /></label>
          <p class="soft">${text('reportNote')}</p>
          <div class="buttons">
            <button>${text('compare')}</button>
            <button class="second" formaction="${link('/reconcile', { download: 'csv' })}">
              ${text('compareDownload')}
            </button>
          </div>
        </form>
      </section>`,
  };
}

/** A report compared: six lists with their sums, then days and terminals. */
export function reconcilePage(view: View, result: Reconciliation): DeskPage {
  const { locale, text, link } = view;
  const { lists, period, reversals, left } = result;
  return {
    title: text('reconcile'),
    active: 'reconcile',
    body: html`<section>
        <p>
          ${
            period
              ? html`${dayText(period.from, locale)} – ${dayText(period.before - 1, locale)}`
              : text('noPeriod')
          }
        </p>
        <p class="soft">${text('columnsFound')}: <bdi dir="ltr">${columnsText(result)}</bdi></p>
        <p class="soft">${text('unit')}: ${text(result.unit === 'IRR' ? 'rials' : 'tomans')}</p>
        <table>
          <tbody>
            ${LISTS.map(
              (list) =>
                html`<tr>
                  <th scope="row">${listText(list, locale)}</th>
                  <td class="num">${count(lists[list].count, locale)}</td>
                  <td class="num">${rials(lists[list].amount, locale)}</td>
                </tr>`,
            )}
            ${
              reversals.count === 0
                ? ''
                : html`<tr>
                    <th scope="row">${text('reversals')}</th>
                    <td class="num">${count(reversals.count, locale)}</td>
                    <td class="num">${rials(reversals.amount, locale)}</td>
                  </tr>`
            }
          </tbody>
        </table>
        <p class="soft">${text('left')}: ${count(left, locale)}</p>
      </section>
      ${LISTS.filter((list) => list !== 'matched').map((list) => listSection(list, result, view))}
      ${dailySection(result, view)}
      <p><a class="button second" href="${link('/reconcile')}">${text('anotherReport')}</a></p>`,
  };
}

const columnsText = ({ columns: { places, names } }: Reconciliation): string => {
  const found = Object.entries(places) as [ColumnName, number][];
  return found.map(([column, place]) => `${column} = ${names[place]}`).join(', ');
};

function listSection(list: ListName, { lists }: Reconciliation, view: View): Html | '' {
  const { locale, text } = view;
  const { lines, count: all } = lists[list];
  if (all === 0) return '';
  const title = `${listText(list, locale)} (${count(all, locale)})`;
  const rows = lines.map((line) => lineCells(line, locale));
  // Columns without a value in this list are left out, and the first one, which names the list.
  const shown = <Value>(cells: readonly Value[]): Value[] =>
    cells.filter((_, column) => column > 0 && rows.some((row) => row[column] !== null));
  return html`<section>
    <h2>${title}</h2>
    <div class="scroll" role="region" aria-label="${title}" tabindex="0">
      <table>
        <thead>
          <tr>
            ${shown(lineHead(locale)).map((name) => html`<th scope="col">${name}</th>`)}
          </tr>
        </thead>
        <tbody>
          ${rows.map(
            (row, index) =>
              html`<tr>
                ${shown(row).map((cell) => cellOf(cell, lines[index]?.payment?.invoiceNumber, view))}
              </tr>`,
          )}
        </tbody>
      </table>
    </div>
    ${all > lines.length ? html`<p class="soft">${text('moreLines')}</p>` : ''}
  </section>`;
}

/** A cell; the invoice number leads to the payment. */
const cellOf = (cell: Cell, invoice: string | undefined, { link, locale }: View): Html =>
  cell !== null && cell === invoice
    ? html`<td>
        <a href="${link(`/payments/${cell}`)}"><bdi dir="ltr">${cell}</bdi></a>
      </td>`
    : html`<td><bdi>${typeof cell === 'number' ? count(cell, locale) : cell}</bdi></td>`;

const dailySection = ({ daily }: Reconciliation, { locale, text }: View): Html | '' =>
  daily.length === 0
    ? ''
    : html`<section>
        <h2>${text('daily')}</h2>
        <div class="scroll" role="region" aria-label="${text('daily')}" tabindex="0">
          <table>
            <thead>
              <tr>
                <th scope="col">${text('day')}</th>
                <th scope="col">${text('terminal')}</th>
                <th scope="col">${text('reportSum')}</th>
                <th scope="col">${text('shopSum')}</th>
                <th scope="col">${label('status', locale)}</th>
              </tr>
            </thead>
            <tbody>
              ${daily.map(
                ({ day, terminal, report, shop }) =>
                  html`<tr>
                    <th scope="row">${day === undefined ? '–' : dayText(day, locale)}</th>
                    <td><bdi>${terminal ?? '–'}</bdi></td>
                    <td>${rials(report.amount, locale)} (${count(report.count, locale)})</td>
                    <td>${rials(shop.amount, locale)} (${count(shop.count, locale)})</td>
                    <td>${report.amount === shop.amount ? '✓' : `▲ ${text('differs')}`}</td>
                  </tr>`,
              )}
            </tbody>
          </table>
        </div>
      </section>`;
