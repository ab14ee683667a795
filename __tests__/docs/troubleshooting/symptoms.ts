import { historyText } from '../../../lib/texts/history';
import { format } from 'node:util';
import type { Shop } from '../../support/shop';
import { readPage } from '../markdown';

export const PAGE = 'docs/troubleshooting.md';

/** Every section about a symptom: its heading and its text. */
export function sections(): Map<string, string> {
  const parts = readPage(PAGE).split(/^## /m).slice(1);
  const all = parts.map((part) => {
    const end = part.indexOf('\n');
    return [part.slice(0, end), part.slice(end)] as const;
  });
  return new Map(all.filter(([heading]) => heading !== 'Questions'));
}

/** The quotes of a section: the text blocks, `…` standing for anything. */
function quotes(heading: string): string[] {
  const text = sections().get(heading);
  if (text === undefined) throw new Error(`${PAGE} has no section "${heading}".`);
  return [...text.matchAll(/^```text\n([\s\S]*?)^```$/gm)].map(([, quote = '']) => inOneLine(quote));
}

const inOneLine = (text: string): string => text.replace(/\s+/g, ' ').trim();

const patternOf = (quote: string): RegExp =>
  new RegExp(
    quote
      .split('…')
      .map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'))
      .join('.*?'),
  );

/** Tests that a symptom comes about as the page says, and that all it quotes is printed word by word. */
export function symptom(
  heading: string,
  reproduce: (print: (...what: unknown[]) => void) => Promise<void>,
): void {
  test(`${heading}: comes about, in the words of the page`, async () => {
    const printed: string[] = [];
    const print = (...what: unknown[]): void => void printed.push(inOneLine(format(...what)));
    const spies = (['log', 'warn', 'error'] as const).map((level) =>
      jest.spyOn(console, level).mockImplementation(print),
    );
    try {
      await reproduce(print);
    } finally {
      spies.forEach((spy) => spy.mockRestore());
    }
    const missing = quotes(heading).filter((quote) => !printed.some((line) => patternOf(quote).test(line)));
    expect({ missing, printed: missing.length > 0 ? printed : [] }).toEqual({ missing: [], printed: [] });
  });
}

/** For a shop with the default logger. */
export const PRINTS = { logger: undefined };

/** A buyer pays and comes back: the payment's invoice number. */
export async function paid<Tx>(shop: Shop<Tx>): Promise<string> {
  const record = await shop.started();
  await shop.comesBack(record, { referenceNumber: shop.gateway.receipt(record.invoiceNumber) });
  return record.invoiceNumber;
}

/** A payment's history as sentences. */
export const notes = async <Tx>(shop: Shop<Tx>, invoiceNumber: string): Promise<string[]> =>
  (await shop.record(invoiceNumber)).history.map((entry) => historyText(entry, 'en'));
