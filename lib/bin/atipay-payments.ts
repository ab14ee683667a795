#!/usr/bin/env node
import { run } from '../desk/run';

const { stdin: input, stdout, stderr } = process;

// A reader such as head may have had enough.
stdout.on('error', () => process.exit());

void run(process.argv.slice(2), { input, output: stderr }, stdout.isTTY && stdout.hasColors()).then(
  ({ code, out, error }) => {
    process.exitCode = code;
    // Ends when all is written: a shop's module may keep pools and timers of its own that nobody here can close.
    const stream = code === 0 ? stdout : stderr;
    stream.write(code === 0 ? out : error, () => process.exit());
  },
);
