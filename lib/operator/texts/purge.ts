import type { PurgeReport } from '../../payments/purge';
import type { Locale } from '../../texts';
import { count } from '../words';

/** The report of a purge, in the words of staff. */
export function purgeText({ read, purged, kept }: PurgeReport, locale: Locale): string {
  const [all, gone, left] = [read, purged, kept].map((value) => count(value, locale));
  return locale === 'fa'
    ? `اطلاعات شخصی ${gone} پرداخت پاک شد؛ ${all} پرداخت بررسی شد.` +
        (kept === 0 ? '' : ` ${left} پرداخت آن را نگه می‌دارد: نتیجه هنوز به فروشگاه اعلام نشده است.`)
    : `Personal data of ${gone} payments is removed; ${all} were looked at.` +
        (kept === 0 ? '' : ` ${left} keep it: the shop has not been informed of them yet.`);
}
