import { AtipayError } from '../../lib/errors';
import { MemoryPaymentStore } from '../../lib/stores/memory';

/** A process of its own that makes stores, and tells what comes of it. */
const warnings: string[] = [];
process.on('warning', (warning) => {
  if ('code' in warning) warnings.push(String(warning.code));
});

try {
  new MemoryPaymentStore({ quiet: true });
  new MemoryPaymentStore();
  new MemoryPaymentStore();
  setImmediate(() => process.send?.(warnings));
} catch (error) {
  process.send?.(error instanceof AtipayError ? error.code : String(error));
}
