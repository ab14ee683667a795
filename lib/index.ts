export { atipayRouter, type AtipayRouter } from './router';
export { Atipay, type StartedPayment } from './atipay';
export type { AtipayConfig, PageRenderers, RecoveryOptions } from './config';
export type { HookContext } from './hooks';
export type { OrderInput } from './order';
export type {
  CreatedPayment,
  Currency,
  FailedPayment,
  FailureReason,
  GatewayFailure,
  HistoryEntry,
  PaidPayment,
  Payment,
  PaymentBase,
  PaymentFailure,
  PaymentRecord,
  PaymentStatus,
  PendingPayment,
  ReceiptDetails,
  ReceivedPayment,
  ReviewPayment,
  SettlementItem,
  VerifyingPayment,
} from './payment';
export type { SweepReport } from './payments/recover';
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
export type { ErrorKind, ErrorView, ResultView } from './pages';
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
export type { PaymentStore } from './stores/store';
export { MemoryPaymentStore, type MemoryPaymentStoreOptions } from './stores/memory';
