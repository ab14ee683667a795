import { inspect } from 'node:util';
import type { AtipayConfig } from '../../../lib/config';
import { OPTIONS } from '../../../lib/options';
import { membersOf, type Member } from './interfaces';
import { code, table } from './table';

/** The page that is generated. */
export const PAGE = 'docs/options.md';

/** Options that are objects, and where their members are described. */
const MEMBERS: Partial<Record<keyof AtipayConfig, [file: string, name: string]>> = {
  shop: ['pages/shop.ts', 'ShopOptions'],
  http: ['gateway/adapter.ts', 'HttpOptions'],
  attempts: ['config.ts', 'AttemptOptions'],
  recovery: ['config.ts', 'RecoveryOptions'],
  pages: ['config.ts', 'PageRenderers'],
};

/** The used part of Joi's description of a rule. */
interface Rule {
  flags?: { presence?: string; default?: unknown; unit?: string; only?: boolean };
  allow?: unknown[];
  rules?: { name: string; args?: { limit?: number } }[];
  keys?: Record<string, Rule>;
  matches?: { schema?: Rule; otherwise?: Rule }[];
}

/** The text of `docs/options.md`. */
export function optionsPage(): string {
  const rows = membersOf('config.ts', 'AtipayConfig').flatMap(rowsOf);
  return [
    '# Options',
    'Generated from `lib/options.ts` and the comments of `AtipayConfig` by `npm run docs:options`. Do not edit it by hand.',
    '`atipayRouter(options)` checks its options at once and throws one `ERR_ATIPAY_CONFIG` that names every problem, with the expected and the given value. An option that is left out, or undefined, gets its default.',
    table(['option', 'type', 'default', 'unit, limits', 'meaning'], rows),
    'The result of `getOrder`: [an order](hooks.md#starting-a-payment). The arguments of hooks, and how often they are called: [hooks](hooks.md#hooks-exactly-once-and-at-least-once). The store for your database client: [stores](stores.md).',
  ]
    .join('\n\n')
    .concat('\n');
}

function rowsOf(option: Member): string[][] {
  const name = option.name as keyof AtipayConfig;
  const rule = OPTIONS[name].rule.describe() as Rule;
  const [file, type] = MEMBERS[name] ?? [];
  if (file === undefined || type === undefined) return [row(option, rule)];
  const keys = rule.keys ?? rule.matches?.find(({ otherwise }) => otherwise?.keys)?.otherwise?.keys ?? {};
  const members = membersOf(file, type).map((member) =>
    row({ ...member, name: `${name}.${member.name}` }, keys[member.name] ?? {}),
  );
  return [row({ ...option, type: option.type.replace(type, 'object') }, rule), ...members];
}

const DEFAULT = / ?Default:? ([^.]*(?:\.\w[^.]*)*)\.$/;

function row({ name, type, comment }: Member, rule: Rule): string[] {
  const byHand = DEFAULT.exec(comment)?.[1];
  const values =
    rule.flags?.only === true ? rule.allow?.map((value) => inspect(value)).join(' | ') : undefined;
  return [
    code(name),
    code(values ?? type),
    defaultOf(rule, byHand),
    limitsOf(rule),
    comment.replace(DEFAULT, ''),
  ];
}

function defaultOf({ flags = {} }: Rule, byHand: string | undefined): string {
  if (flags.presence === 'required') return 'required';
  if (flags.default === undefined || typeof flags.default === 'function') return byHand ?? 'none';
  return code(inspect(flags.default, { numericSeparator: true, breakLength: Infinity }));
}

const number = (value: number): string => value.toLocaleString('en');

function limitsOf({ flags, rules = [] }: Rule): string {
  const limit = (name: string): number | undefined => rules.find((one) => one.name === name)?.args?.limit;
  const [min, max] = [limit('min'), limit('max')];
  if (max === undefined) return '';
  const unit = flags?.unit ?? 'characters';
  return min === undefined ? `at most ${number(max)} ${unit}` : `${unit}, ${number(min)} to ${number(max)}`;
}
