import { AtipayError } from '../../lib/errors';
import { MemoryPaymentStore } from '../../lib/stores/memory';

/** Makes stores in a separate process and prints the results. */
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
