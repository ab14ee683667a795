export { startSimulator, type Simulator } from './start';
export type { SimulatorMerchant, SimulatorOptions } from './options';
export type { ActiveFault, SimulatorFaults } from './faults';
export type {
  AmountFault,
  CallFault,
  CallbackFault,
  FaultTarget,
  FaultTiming,
  RefusalFault,
  SimulatorFault,
} from './fault-kinds';
export type { BuyerOptions, BuyerResult, ShopResponse } from './buyer';
export type { CallbackFields } from './callback';
export type { LedgerTotals, SimulatorCall, SimulatorLedger, Sum } from './ledger';
export type { SimulatorPayment, SimulatorPaymentStatus, TimelineEntry } from './payment';
export type { SimulatorState } from './states';
