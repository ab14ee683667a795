import { callbackFields, type CallbackFields } from './callback';
import type { Context } from './context';
import type { CallbackFault, SimulatorFault } from './fault-kinds';
import { newReceipt, type Entry } from './payment';

/** How one buyer comes back to the shop: decided once, the same however often the page is reloaded. */
export interface WayBack {
  fields: CallbackFields;
  /** Real milliseconds the bank keeps the buyer. */
  lateMs: number;
  never: boolean;
  /** A second delivery, besides the browser's: before it, or at the same time. */
  again?: 'before' | 'at once';
}

/** The buyer's way back, with the faults that strike it. */
export function wayBack({ faults, ledger, settings }: Context, entry: Entry): WayBack {
  if (entry.wayBack !== undefined) return entry.wayBack;
  const struck = faults.strike('callback', entry).filter(isCallbackFault);
  const foreign = () => ledger.latestReceipt(entry) ?? newReceipt();
  entry.wayBack = struck.reduce<WayBack>((way, fault) => bend(way, fault, foreign), {
    fields: callbackFields(entry),
    lateMs: settings.callbackDelayMs,
    never: false,
  });
  return entry.wayBack;
}

const isCallbackFault = (fault: SimulatorFault): fault is CallbackFault => fault.on === 'callback';

function bend(way: WayBack, fault: CallbackFault, foreign: () => string): WayBack {
  const withFields = (fields: Record<string, string>): WayBack => ({
    ...way,
    fields: { ...way.fields, ...fields },
  });
  switch (fault.kind) {
    case 'twice':
      return { ...way, again: 'before' };
    case 'twice-at-once':
      return { ...way, again: 'at once' };
    case 'late':
      return { ...way, lateMs: way.lateMs + fault.ms };
    case 'never':
      return { ...way, never: true };
    case 'status':
      return withFields({ status: fault.status });
    case 'receipt-on-failure':
      return withFields({ referenceNumber: way.fields.referenceNumber ?? newReceipt() });
    case 'foreign-receipt':
      return withFields({ referenceNumber: fault.referenceNumber ?? foreign() });
    case 'fields':
      return { ...way, fields: merge(way.fields, fault.fields) };
  }
}

function merge(fields: CallbackFields, changes: Record<string, string | null>): CallbackFields {
  const merged = Object.entries({ ...fields, ...changes }).filter(([, value]) => value !== null);
  return Object.fromEntries(merged) as CallbackFields;
}
