import type { Locale } from '../../texts';
import type { CheckData, CheckName } from '../doctor/finding';
import { doctorEn } from './doctor-en';
import { doctorFa } from './doctor-fa';

/** A finding, its reason, and the next step. */
export type DoctorText = readonly [what: string, why: string, todo: string];

/** The words of one language. */
export type DoctorTexts = { [Check in CheckName]: (data: CheckData[Check]) => DoctorText };

const TEXTS: Record<Locale, DoctorTexts> = { en: doctorEn, fa: doctorFa };

/** A result of the doctor in words. */
export function doctorText<Check extends CheckName>(
  check: Check,
  data: CheckData[Check],
  locale: Locale,
): Record<'what' | 'why' | 'todo', string> {
  const [what, why, todo] = TEXTS[locale][check](data);
  return { what, why, todo };
}
