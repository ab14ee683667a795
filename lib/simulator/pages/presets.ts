import type { Language } from './language';

/** A fault that a button sets: the fields of its form, and the button's text. */
export interface Preset {
  fields: Readonly<Record<string, string>>;
  text: Readonly<Record<Language, string>>;
}

/** The faults that every shop should be tried with. */
export const PRESETS: readonly Preset[] = [
  {
    fields: { target: 'verify-payment answer-lost' },
    text: { en: 'The answer to verify is lost', fa: 'پاسخ تأیید گم می‌شود' },
  },
  {
    fields: { target: 'verify-payment http', status: '503', times: '3' },
    text: { en: 'Verify answers 503 three times', fa: 'تأیید سه بار 503 می‌دهد' },
  },
  {
    fields: { target: 'verify-payment amount', amount: '1' },
    text: { en: 'Verify answers a wrong amount', fa: 'تأیید مبلغ نادرست می‌دهد' },
  },
  {
    fields: { target: 'callback twice' },
    text: { en: 'The callback comes twice', fa: 'خریدار دو بار برمی‌گردد' },
  },
  {
    fields: { target: 'callback never' },
    text: { en: 'The buyer pays and never returns', fa: 'خریدار می‌پردازد و برنمی‌گردد' },
  },
  {
    fields: { target: 'verify-payment delay', ms: '20000' },
    text: { en: 'Verify takes 20 seconds', fa: 'تأیید ۲۰ ثانیه طول می‌کشد' },
  },
];
