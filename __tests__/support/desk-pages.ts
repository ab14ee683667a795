import { atipayDesk } from 'express-atipay/desk';
import { aMorning, type Morning } from './morning';

/** Headers of a request, or fields of a form. */
export type Headers = Record<string, string>;

/** A morning with the desk at /desk; the person and their permissions are in headers. */
export async function aDesk(): Promise<Morning> {
  return aMorning(undefined, {}, (app, router) => {
    app.use('/payment', router);
    app.use(
      '/desk',
      atipayDesk(router, { who: (req) => req.get('x-who') ?? '', may: (req) => req.get('x-may') === 'yes' }),
    );
  });
}

/** A member of staff who may act, at a page of the desk. */
export const SARA: Headers = { 'x-who': 'Sara', 'x-may': 'yes', 'sec-fetch-site': 'same-origin' };
/** A colleague of {@link SARA}. */
export const REZA: Headers = { ...SARA, 'x-who': 'Reza' };

/** A page of the desk. */
export async function read({ shop }: Morning, path: string, headers: Headers = SARA): Promise<string> {
  return (await shop.get(`/desk${path}`, headers)).text();
}

/** The hidden fields of a page's form for an act, with others beside them. */
export function formOf(page: string, act: string, fields: Headers = {}): URLSearchParams {
  const form =
    page
      .split('<form method="post"')
      .slice(1)
      .find((part) => part.includes(`/${act}"`)) ?? '';
  const hidden = [...form.matchAll(/type="hidden" name="(\w+)" value="([^"]*)"/g)];
  return new URLSearchParams([
    ...hidden.map(([, name = '', value = '']): [string, string] => [name, value]),
    ...Object.entries(fields),
  ]);
}
