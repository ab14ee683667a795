import { parseArgs, type ParseArgsConfig } from 'node:util';
import type { LookUp } from './payments';
import { filterOf, textIn, type Values } from './filter';
import { misuse } from './wording';

const text = { type: 'string' } as const;
const flag = { type: 'boolean' } as const;

const PLACE = { database: text, knexfile: text, env: text, table: text, schema: text, account: text };
const FILTER = {
  status: text,
  order: text,
  reference: text,
  trace: text,
  card: text,
  since: text,
  until: text,
  limit: text,
};
const COMMON = { json: flag, help: flag, version: flag };

/** What each command takes beside the common ones. */
const OPTIONS = {
  show: { ...PLACE, ...COMMON },
  list: { ...PLACE, ...FILTER, ...COMMON },
  resolve: { ...PLACE, note: text, by: text, yes: flag, ...COMMON },
  sweep: { config: text, ...COMMON },
};

const OPTIONS_OF: Record<keyof typeof OPTIONS, NonNullable<ParseArgsConfig['options']>> = OPTIONS;

/** Where payments are read from. */
export type Place = Partial<Record<keyof typeof PLACE, string>>;

/** What the operator wants, understood. */
export type Command = { json: boolean } & (
  | { name: 'help' | 'version' }
  | { name: 'show'; place: Place; key: string }
  | { name: 'list'; place: Place; filter: LookUp & { limit: number } }
  | {
      name: 'resolve';
      place: Place;
      invoiceNumber: string;
      outcome: 'paid' | 'failed';
      note: string;
      by: string | undefined;
      yes: boolean;
    }
  | { name: 'sweep'; config: string | undefined }
);

/** Understands the words after the command's name. @throws DeskError with exit code 2 */
export function readCommand(words: string[]): Command {
  const [name, ...rest] = words;
  if (name === undefined || ['--help', '-h', 'help'].includes(name)) return { name: 'help', json: false };
  if (name === '--version') return { name: 'version', json: false };
  if (!Object.hasOwn(OPTIONS, name))
    throw misuse(`"${name}" is not a command: show, list, resolve or sweep.`);
  const command = name as keyof typeof OPTIONS;
  const { values, positionals } = parse(command, rest);
  const json = values['json'] === true;
  if (values['help'] === true) return { name: 'help', json };
  if (values['version'] === true) return { name: 'version', json };
  return { json, ...READERS[command](values, positionals) };
}

function parse(command: keyof typeof OPTIONS, args: string[]): { values: Values; positionals: string[] } {
  try {
    const { values, positionals } = parseArgs({ args, options: OPTIONS_OF[command], allowPositionals: true });
    return { values: values as Values, positionals };
  } catch (error) {
    throw misuse(error instanceof Error ? error.message : String(error));
  }
}

type Read = Command extends infer C ? (C extends Command ? Omit<C, 'json'> : never) : never;

const READERS: Record<keyof typeof OPTIONS, (values: Values, positionals: string[]) => Read> = {
  show: (values, words) => ({ name: 'show', place: placeOf(values), key: one(words, 'show <number>') }),
  list: (values, [word]) => {
    if (word !== undefined) throw misuse(`list takes no "${word}": did you mean show?`);
    return { name: 'list', place: placeOf(values), filter: filterOf(values) };
  },
  resolve: readResolve,
  sweep: (values, words) => {
    if (words.length > 0) throw misuse('sweep takes --config <file> alone.');
    return { name: 'sweep', config: textIn(values, 'config') };
  },
};

function one(words: string[], usage: string): string {
  const [word, ...more] = words;
  if (word === undefined || word.trim() === '' || more.length > 0)
    throw misuse(`Write: atipay-payments ${usage}`);
  return word.trim();
}

const placeOf = (values: Values): Place =>
  Object.fromEntries(Object.keys(PLACE).flatMap((name) => (name in values ? [[name, values[name]]] : [])));

function readResolve(values: Values, [invoiceNumber, outcome, ...more]: string[]): Read {
  const usage = 'atipay-payments resolve <invoice> paid|failed --note "who said what"';
  if (invoiceNumber === undefined || (outcome !== 'paid' && outcome !== 'failed') || more.length > 0) {
    throw misuse(`Write: ${usage}`);
  }
  const note = textIn(values, 'note')?.trim() ?? '';
  if (note === '') throw misuse(`A note is needed that says why: it stays with the payment. Write: ${usage}`);
  const by = textIn(values, 'by');
  const yes = values['yes'] === true;
  return { name: 'resolve', place: placeOf(values), invoiceNumber, outcome, note, by, yes };
}
