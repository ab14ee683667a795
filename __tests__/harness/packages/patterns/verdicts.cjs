// Reads patterns as JSON from standard input and writes how the time of each grows with its input: `safe` is at most
// linear. The checker counts steps, without a clock. It is a program of its own since it is ten times as slow in jest.
const { readFileSync } = require('node:fs');

process.env['RECHECK_SYNC_BACKEND'] = 'pure';
const { checkSync } = require('recheck');

// Its limits are numbers of characters read; those of time are off.
const COUNTING = { timeout: null, attackTimeout: null, incubationTimeout: null, seedingTimeout: null };

const patterns = JSON.parse(readFileSync(0, 'utf8'));
const verdicts = patterns.map(({ source, flags }) => checkSync(source, flags, COUNTING).status);
process.stdout.write(JSON.stringify(verdicts));
