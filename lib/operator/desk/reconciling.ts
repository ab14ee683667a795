import type { Request, Response } from 'express';
import { toCsv, type Cell } from '../csv';
import { lineCells, lineHead } from '../reconcile/lines';
import type { ColumnName } from '../reconcile/columns';
import { ReportProblem } from '../reconcile/problem';
import { reconcile, type ReconcileOptions } from '../reconcile/reconcile';
import { COLUMN_NAMES, mapping } from '../reconcile/mapping';
import { valueProblems } from '../texts/problems';
import { isSameOrigin } from './guard';
import { foreign } from './act';
import { rangeOf } from './pages/list';
import { reconcileForm, reconcilePage, SHOWN } from './pages/reconcile';
import { BadInput } from './problem';
import { readUpload } from './upload';
import type { DeskPage, View } from './view';

/** Compares an uploaded report: a page, or nothing when the answer was sent as a file. */
export async function reconcileUpload(
  view: View,
  req: Request,
  res: Response,
): Promise<DeskPage | undefined> {
  if (!isSameOrigin(req)) return foreign(view);
  try {
    const { fields, file } = await readUpload(req);
    const options = optionsOf(view, fields);
    if (req.query['download'] !== 'csv') {
      return reconcilePage(view, await reconcile(view.operator, file, { ...options, keep: SHOWN }));
    }
    const rows: Cell[][] = [];
    const onLine: ReconcileOptions['onLine'] = (line) => rows.push(lineCells(line, view.locale));
    await reconcile(view.operator, file, { ...options, keep: 0, onLine });
    sendCsv(res, 'reconcile.csv', [lineHead(view.locale), ...rows]);
    return undefined;
  } catch (error) {
    if (error instanceof ReportProblem || error instanceof BadInput) {
      return reconcileForm(view, error.text(view.locale));
    }
    throw error;
  }
}

function optionsOf(view: View, fields: URLSearchParams): ReconcileOptions {
  const unit = fields.get('unit');
  const period = rangeOf(view, fields);
  return {
    map: mapOf(fields.get('map') ?? ''),
    unit: unit === 'IRR' || unit === 'IRT' ? unit : undefined,
    period:
      period?.from !== undefined && period.before !== undefined
        ? { from: period.from, before: period.before }
        : undefined,
  };
}

/** `amount=Sum, rrn=Ref`. */
function mapOf(text: string): Partial<Record<ColumnName, string>> {
  const parts = text.split(/[,،;]/).filter((part) => part.trim() !== '');
  return Object.assign({}, ...parts.map((part) => mapping(part) ?? badMapping(part))) as Partial<
    Record<ColumnName, string>
  >;
}

const badMapping = (part: string): never => {
  throw new BadInput(valueProblems.mapping(COLUMN_NAMES), part.trim());
};

/** Sends rows as a file. */
function sendCsv(
  res: Response,
  name: string,
  rows: AsyncIterable<readonly Cell[]> | Iterable<readonly Cell[]>,
): void {
  res.setHeader('Content-Type', 'text/csv; charset=utf-8');
  res.setHeader('Content-Disposition', `attachment; filename="${name}"`);
  res.setHeader('Cache-Control', 'no-store');
  res.setHeader('X-Content-Type-Options', 'nosniff');
  toCsv(rows)
    .on('error', () => res.destroy())
    .pipe(res);
}
