import { unescape } from './html';

/** A form as a browser would submit it: its address as written, and its named inputs. */
export interface Form {
  action: string;
  fields: Record<string, string>;
}

const FORM = /<form\b([^>]*)>([\s\S]*?)<\/form>/gi;
const INPUT = /<input\b([^>]*)>/gi;
const ATTRIBUTE = /([^\s=/"']+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+)))?/g;

/** Every form of a page, in order. Reads attributes in any order and quoting; not meant for arbitrary HTML. */
export function readForms(page: string): Form[] {
  return [...page.matchAll(FORM)].map(([, attributes = '', content = '']) => ({
    action: readAttributes(attributes)['action'] ?? '',
    fields: Object.fromEntries(
      [...content.matchAll(INPUT)]
        .map(([, input = '']) => readAttributes(input))
        .filter(({ name }) => name !== undefined)
        .map(({ name, value }) => [name, value ?? '']),
    ) as Record<string, string>,
  }));
}

function readAttributes(text: string): Record<string, string | undefined> {
  return Object.fromEntries(
    [...text.matchAll(ATTRIBUTE)].map(([, name = '', double, single, bare]) => [
      name.toLowerCase(),
      unescape(double ?? single ?? bare ?? ''),
    ]),
  );
}
