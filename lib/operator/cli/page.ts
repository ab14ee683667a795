import type { PaymentRecord } from '../../core/record';
import type { Locale } from '../../texts';
import { momentText } from '../dates';
import { factsOf, storyOf } from '../facts';
import { label } from '../labels';
import { columns, plain, wrap } from './terminal';

/** The facts of a payment, one a line. */
export const factLines = (record: PaymentRecord, locale: Locale): string[] =>
  columns(factsOf(record, locale).map(([name, value]) => [`  ${label(name, locale)}`, plain(value)]));

/** The history, oldest first, with the pauses between its lines. */
export const storyLines = (record: PaymentRecord, locale: Locale): string[] =>
  storyOf(record, locale).flatMap(({ at, pause, status, text, tone }) => [
    ...(pause === '' ? [] : [`    ${pause} ${label('later', locale)}`]),
    ...wrap(
      `  ${momentText(at, locale, true)}  ${tone === 'trouble' ? '▲ ' : ''}${status}: ${plain(text)}`,
      '      ',
    ),
  ]);
