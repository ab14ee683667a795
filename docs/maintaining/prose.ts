import { countsOf } from './habits';

const [root = process.cwd()] = process.argv.slice(2).filter((argument) => !argument.startsWith('--'));
const counts = countsOf(root);
for (const { kind, words, habit, rate, limit, found } of counts) {
  console.log(`${kind} (${words} words), ${habit}: ${rate.toFixed(2)} of ${limit} (${found.length})`);
  if (process.argv.includes('--list')) for (const line of new Set(found)) console.log(`  ${line}`);
}
process.exitCode = counts.every(({ rate, limit }) => rate < limit) ? 0 : 1;
