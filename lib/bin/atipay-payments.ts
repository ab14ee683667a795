#!/usr/bin/env node
import { run } from '../operator/cli/run';

const { stdin: input, stdout: out, stderr: error } = process;

// A reader such as head may have had enough.
out.on('error', () => process.exit());

void run(process.argv.slice(2), { input, out, error }).then((code) => {
  process.exitCode = code;
  // Ends when all is written: a shop's module may keep pools and timers that cannot be closed here.
  out.write('', () => error.write('', () => process.exit()));
});
