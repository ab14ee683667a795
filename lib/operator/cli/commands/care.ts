import type { Atipay } from '../../../atipay';
import { purge } from '../../../payments/purge';
import type { Locale } from '../../../texts';
import { doctor, storeDoctor } from '../../doctor/doctor';
import type { Finding } from '../../doctor/finding';
import type { Operator } from '../../operator';
import { problems } from '../../texts/problems';
import { purgeText } from '../../texts/purge';
import { sweepText } from '../../texts/reports';
import { count } from '../../words';
import { CommandError, jsonText, misuse, plain, wrap, type Terminal } from '../terminal';

/** `sweep`: one sweep with the shop's hooks. */
export async function sweep(
  atipay: Pick<Atipay, 'recover'>,
  { json = false, locale }: { json?: boolean; locale: Locale },
): Promise<string[]> {
  const report = await atipay.recover();
  return json ? [jsonText(report)] : wrap(sweepText(report, locale));
}

/** `purge`: personal data of old payments goes. */
export async function purgeBefore(
  { acts, locale }: Operator,
  before: number,
  by: string,
  terminal: Terminal,
): Promise<string[]> {
  const report = await purge(acts, {
    before,
    by,
    onProgress: ({ read }) => {
      if (terminal.error.isTTY === true) terminal.error.write(`\r${count(read, locale)}\r`);
    },
  });
  return wrap(purgeText(report, locale));
}

const SIGNS = { error: '✗', warning: '▲', fine: '✓' } as const;

/**
 * `doctor`: problems, their reasons, and the next steps. Throws when there is an error, so that the command ends with
 * 1.
 */
export async function examine(operator: Operator, token: boolean, json: boolean): Promise<string[]> {
  const { shop, locale } = operator;
  if (token && !shop) throw misuse(problems.tokenNeedsApp);
  const findings = shop ? await doctor(shop, { token, locale }) : await storeDoctor(operator, locale);
  const lines = json ? [jsonText(findings)] : findings.flatMap(told);
  if (findings.some(({ level }) => level === 'error')) throw new CommandError(() => lines.join('\n'));
  return lines;
}

const told = ({ level, what, why, todo }: Finding): string[] => [
  ...wrap(`${SIGNS[level]} ${plain(what)}`, '  '),
  ...(why === '' ? [] : wrap(`  ${plain(why)}`, '  ')),
  ...(todo === '' ? [] : wrap(`  → ${plain(todo)}`, '    ')),
];
