import type { Locale } from '../../texts';
import type { CheckName } from '../doctor/finding';
import { doctorEn } from './doctor-en';
import { doctorFa } from './doctor-fa';

/** Details of an observation; missing ones are empty. */
export type DoctorData = Readonly<Record<string, string>>;

/** A finding, its reason, and the next step. */
export type DoctorText = readonly [what: string, why: string, todo: string];

/** The words of one language. */
export type DoctorTexts = Record<CheckName, (data: DoctorData) => DoctorText>;

const TEXTS: Record<Locale, DoctorTexts> = { en: doctorEn, fa: doctorFa };

/** A result of the doctor in words. */
export function doctorText(
  check: CheckName,
  data: DoctorData,
  locale: Locale,
): Record<'what' | 'why' | 'todo', string> {
  const [what, why, todo] = TEXTS[locale][check](data);
  return { what, why, todo };
}
