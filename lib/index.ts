export { atipayRouter, type AtipayRouter } from './router';
export { Atipay, type HistoryLine, type StartedPayment } from './atipay';
export type { AtipayConfig, AttemptOptions, PageRenderers, RecoveryOptions } from './config';
export type { CallbackProblem } from './core/callback';
export type { HookContext } from './hook-context';
export type { OrderInput } from './core/order';
export type {
  CreatedPayment,
  FailedPayment,
  PaidPayment,
  Payment,
  PaymentBase,
  PaymentFailure,
  PendingPayment,
  ReceiptDetails,
  ReceivedPayment,
  ReviewPayment,
  VerifyingPayment,
} from './core/payment';
export type {
  Currency,
  FailureReason,
  GatewayFailure,
  HistoryEntry,
  HistoryEvent,
  PaymentRecord,
  PaymentStatus,
  SettlementItem,
} from './core/record';
export type { CheckName, Finding, Level } from './operator/doctor/finding';
export type { GiveBack } from './payments/resolve';
export type { PurgeOptions, PurgeReport } from './payments/purge';
export type { SearchFilter, SearchPage } from './payments/search';
export type { SweepReport } from './core/sweep-report';
export type { AtipayEvents, ForgedReason, Logger } from './events';
export {
  TRACING_CHANNELS,
  type AtipayTraces,
  type GetTokenTrace,
  type HookTrace,
  type PaymentTrace,
  type SweepTrace,
  type VerifyPaymentTrace,
} from './tracing';
export type { ErrorKind, ErrorView, ResultView, ShopOptions, ShopView } from './pages';
export type { Locale } from './texts';
export {
  AtipayClient,
  type AtipayClientOptions,
  type HttpOptions,
  type NoAnswer,
  type RedirectForm,
  type Refusal,
  type TokenAnswer,
  type TokenRequest,
  type VerifyAnswer,
  type VerifyRequest,
} from './gateway/client';
export { AtipayError, UniqueViolation, type AtipayErrorCode, type AtipayErrorOptions } from './errors';
export type {
  DueQuery,
  OrderQuery,
  RecordWithHolder,
  PaymentFilter,
  PaymentPage,
  PaymentSearch,
  PaymentStore,
  TimeRange,
  UpdateOptions,
  LookUpQuery,
  TallyQuery,
  TallyRow,
} from './stores/store';
export { MemoryPaymentStore, type MemoryPaymentStoreOptions } from './stores/memory';
