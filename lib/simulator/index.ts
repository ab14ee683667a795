export { startSimulator, type Simulator } from './start';
export type { SimulatorMerchant, SimulatorOptions } from './options';
export type { BuyerOptions, BuyerResult, ShopResponse } from './buyer';
export type { CallbackFields } from './callback';
export type { LedgerTotals, SimulatorCall, SimulatorLedger, Sum } from './ledger';
export type { SimulatorPayment, SimulatorPaymentStatus, TimelineEntry } from './payment';
export type { SimulatorState } from './states';
