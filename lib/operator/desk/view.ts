import type { Html } from '../../html';
import type { Locale } from '../../texts';
import type { ActName } from '../acts';
import type { Operator } from '../operator';
import { deskText, type DeskText } from './texts';

/** The permissions of a person: acts on payments, asking AtiPay for a token in the doctor, removing old personal data. */
export type DeskAct = ActName | 'token' | 'purge';

/** Values of a link; those without a value are left out. */
type Params = Readonly<Record<string, string | undefined>>;

/** The input of every page of the desk. */
export interface View {
  operator: Operator;
  locale: Locale;
  /** The person who looks. */
  who: string;
  may: (act: DeskAct) => Promise<boolean>;
  /** A path of the desk as a link, in the person's language. */
  link: (path: string, params?: Params) => string;
  text: (name: DeskText) => string;
  /** This page in the other language. */
  otherLanguage: string;
}

/** A page: its heading and its content. */
export interface DeskPage {
  title: string;
  body: Html;
  status?: number;
  /** The entry of the menu that this page belongs to. */
  active?: DeskText;
}

/** Makes a view for one request. `path` and `query` are those of the page. */
export function makeView(
  base: Pick<View, 'operator' | 'locale' | 'who' | 'may'>,
  place: { baseUrl: string; path: string; query: URLSearchParams; usual: Locale },
): View {
  const { locale } = base;
  const linkIn =
    (language: Locale) =>
    (path: string, params: Params = {}) => {
      const search = new URLSearchParams();
      for (const [name, value] of Object.entries(params)) if (value) search.set(name, value);
      if (language !== place.usual) search.set('lang', language);
      const query = search.toString();
      return `${place.baseUrl}${path}${query === '' ? '' : `?${query}`}`;
    };
  const here = Object.fromEntries([...place.query].filter(([name]) => name !== 'lang' && name !== 'done'));
  return {
    ...base,
    link: linkIn(locale),
    text: (name) => deskText(name, locale),
    otherLanguage: linkIn(locale === 'fa' ? 'en' : 'fa')(place.path, here),
  };
}
