import { parseArgs } from 'node:util';
import { DEFECTS, exploreDefect } from './defects';
import { explore, type Exploration } from './explore';
import { WORLDS } from './worlds';

const HELP = `npm run model                              all worlds, then all planted defects
npm run model -- --world "<part of a name>" [--states 100000]
npm run model -- --defects ["<part of a name>"]`;

function describe(name: string, { states, transitions, depth, ms, exhausted }: Exploration): string {
  const seen = exhausted ? 'everything' : 'not everything';
  return `${name}: ${states} states, ${transitions} transitions, depth ${depth}, ${(ms / 1_000).toFixed(1)} s (${seen})`;
}

const tell = ({ rule, story }: NonNullable<Exploration['violation']>): string =>
  [`Broken: ${rule}`, ...story.map((step, index) => `  ${index + 1}. ${step}`)].join('\n');

async function exploreWorlds(part: string, states: number): Promise<boolean> {
  let sound = true;
  const total = { states: 0, transitions: 0, ms: 0 };
  for (const world of WORLDS.filter(({ name }) => name.includes(part))) {
    const report = await explore({ world, store: {}, steps: {} }, { states });
    console.log(describe(world.name, report));
    if (report.violation) console.log(tell(report.violation));
    sound &&= report.violation === undefined;
    total.states += report.states;
    total.transitions += report.transitions;
    total.ms += report.ms;
  }
  console.log(
    `together: ${total.states} states, ${total.transitions} transitions, ${Math.round(total.ms / 1_000)} s`,
  );
  return sound;
}

async function findDefects(part: string): Promise<boolean> {
  let all = true;
  for (const defect of DEFECTS.filter(({ name }) => name.includes(part))) {
    const { violation, states } = await exploreDefect(defect);
    const found = violation ? `${violation.story.length} steps, ${violation.rule}` : 'not found';
    console.log(`${defect.name}: ${found} (${states} states)`);
    if (violation && part !== '') console.log(tell(violation));
    all &&= violation !== undefined;
  }
  return all;
}

async function main(): Promise<void> {
  const { values, positionals } = parseArgs({
    options: {
      world: { type: 'string' },
      states: { type: 'string' },
      defects: { type: 'boolean' },
      help: { type: 'boolean' },
    },
    allowPositionals: true,
  });
  if (values.help) {
    console.log(HELP);
    return;
  }
  const sound =
    values.defects || (await exploreWorlds(values.world ?? '', Number(values.states ?? Infinity)));
  const found = values.world !== undefined || (await findDefects(positionals[0] ?? ''));
  if (!sound || !found) process.exitCode = 1;
}

void main();
