import { unescape } from './html';

/** A form as a browser would submit it: its address as written, and its named inputs. */
export interface Form {
  action: string;
  fields: Record<string, string>;
}

const FORM = /<form\b([^<>]*)>([\s\S]*)/i;
const INPUT = /<input\b([^<>]*)>/gi;
const ATTRIBUTE = /([^\s=/"']+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+)))?/g;

/** Every form of a page, in order. Reads attributes in any order and quoting; not meant for arbitrary HTML. */
export function readForms(page: string): Form[] {
  const closed = page.split(/<\/form>/i).slice(0, -1);
  return closed.flatMap((text) => {
    const [found, attributes = '', content = ''] = FORM.exec(text) ?? [];
    if (found === undefined) return [];
    return [{ action: readAttributes(attributes)['action'] ?? '', fields: readFields(content) }];
  });
}

function readFields(content: string): Record<string, string> {
  const inputs = [...content.matchAll(INPUT)].map(([, input = '']) => readAttributes(input));
  return Object.fromEntries(
    inputs.flatMap(({ name, value }) => (name === undefined ? [] : [[name, value ?? '']])),
  );
}

function readAttributes(text: string): Record<string, string | undefined> {
  return Object.fromEntries(
    [...text.matchAll(ATTRIBUTE)].map(([, name = '', double, single, bare]) => [
      name.toLowerCase(),
      unescape(double ?? single ?? bare ?? ''),
    ]),
  );
}
