import { join } from 'node:path';
import type { Consumer } from './consumer';

/** The last line that a shop of `projects/` prints: the payment, the order and the gateway's books agree. */
export const DONE = { status: 'paid', paid: true, verified: { count: 1, amount: 250_000 } };

/** A way to resolve modules: the compiler's options, how the file is called there, and the command that runs it. */
export interface Mode {
  options: object;
  extension: string;
  /** Absent: nothing is emitted, a bundler would take it from there. */
  output?: string;
}

export const MODES = {
  node10: { options: { module: 'commonjs', moduleResolution: 'node10' }, extension: 'ts', output: 'js' },
  node16: { options: { module: 'node16' }, extension: 'ts', output: 'js' },
  nodenext: { options: { module: 'nodenext' }, extension: 'mts', output: 'mjs' },
  bundler: { options: { module: 'esnext', moduleResolution: 'bundler', noEmit: true }, extension: 'ts' },
} satisfies Record<string, Mode>;

/** The same modes with more options for the compiler. */
export function withOptions(modes: Record<string, Mode>, more: object): Record<string, Mode> {
  const entries = Object.entries(modes).map(([name, mode]): [string, Mode] => [
    name,
    { ...mode, options: { ...mode.options, ...more } },
  ]);
  return Object.fromEntries(entries);
}

/** The shops in plain JavaScript take a payment, and load no Knex even where there is one. */
export function paysFromJavaScript(shop: () => Consumer): void {
  test.each(['shop.cjs', 'shop.mjs'])('takes a payment from %s, and loads no Knex', async (file) => {
    expect(await shop().payment(shop().take(file))).toEqual({ ...DONE, knexLoaded: false });
  });
}

/** A shop in TypeScript compiles in each mode and takes a payment. */
export function compilesAndPays(shop: () => Consumer, project: string, modes: Record<string, Mode>): void {
  const name = project.replace(/\.ts$/, '');
  test.each(Object.entries(modes))(
    `compiles ${project} with %s resolution and takes a payment`,
    async (_, mode) => {
      const file = shop().take(project, `${name}.${mode.extension}`);
      expect(await shop().compile(file, mode.options)).toEqual({ code: 0, out: '', error: '' });
      if (mode.output === undefined) return;
      expect(await shop().payment(join('out', `${name}.${mode.output}`))).toEqual(DONE);
    },
  );
}
