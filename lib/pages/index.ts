export { errorPage, mayPass } from './error';
export type { Page } from './headers';
export { receiptAmounts } from './receipt';
export { redirectPage } from './redirect';
export { renewPage } from './renew';
export { resultPage } from './result';
export type { ShopOptions, ShopView } from './shop';
export type { ErrorView, ResultView } from './view';
export type { ErrorKind } from '../texts';
