import type { Locale } from '../../texts';

type Words = (first: string, second: string) => string;

/** The complaints of commander in Persian, by its codes, around the names that it quotes. */
const FA: Readonly<Record<string, Words>> = {
  'commander.unknownCommand': (name) => `دستور «${name}» ناشناخته است.`,
  'commander.unknownOption': (option) => `گزینه ${option} ناشناخته است.`,
  'commander.missingArgument': (name) => `ورودی «${name}» نوشته نشده است.`,
  'commander.optionMissingArgument': (option) => `مقدار گزینه ${option} نوشته نشده است.`,
  'commander.missingMandatoryOptionValue': (option) => `گزینه ${option} لازم است.`,
  'commander.excessArguments': () => 'بیش از آن‌چه این دستور می‌پذیرد نوشته شده است.',
  'commander.invalidArgument': (option, value) => `«${value}» برای گزینه ${option} درست نیست.`,
};

/** What is wrong with a command line, in the words of staff. `message`: commander's, in English. */
export function usageText({ code, message }: { code: string; message: string }, locale: Locale): string {
  const english = message.replace(/^error: /, '');
  const words = locale === 'fa' ? FA[code] : undefined;
  if (!words) return english;
  const [first = '', second = ''] = [...english.matchAll(/'([^']*)'/g)].map(([, name = '']) => name);
  return [words(first, second), ...hintOf(english)].join(' ');
}

/** The nearest names, and what the value may be. */
function hintOf(english: string): string[] {
  const [, suggested] = english.split('Did you mean ');
  const near = suggested?.split('?)')[0]?.replace(/^one of /, '');
  const [, hint] = / is invalid\. ([^]*)$/.exec(english) ?? [];
  const [, choices] = /^Allowed choices are (.*)\.$/.exec(hint ?? '') ?? [];
  if (near !== undefined) return [`منظورتان ${near} بود؟`];
  if (choices !== undefined) return [`یکی از این‌ها را بنویسید: ${choices}.`];
  return hint === undefined ? [] : [hint];
}
