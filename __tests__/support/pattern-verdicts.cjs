// Reads patterns as JSON from standard input and writes how the time of each grows with its input: `safe` is at most
// linear. The checker counts steps, without a clock. It is a program of its own since it is ten times as slow in jest.
const { readFileSync } = require('node:fs');

process.env['RECHECK_SYNC_BACKEND'] = 'pure';
const { checkSync } = require('recheck');

const patterns = JSON.parse(readFileSync(0, 'utf8'));
const verdicts = patterns.map(({ source, flags }) => checkSync(source, flags, { timeout: null }).status);
process.stdout.write(JSON.stringify(verdicts));
