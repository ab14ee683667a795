import fc from 'fast-check';
import { action, ORDERS, sayAction, type Action } from './actions';
import type { Fault } from './bank';
import type { Fuse } from './process';
import { brokenRules, wrongOutcome } from './rules';
import type { Mood, Word, World } from './world';

/** Knowledge without reading the store: how many payments may have been started. */
export interface Model {
  started: number;
}

type Command<Tx> = fc.AsyncCommand<Model, World<Tx>>;

/** Runs something in the world and checks the rules afterwards. */
class Step<Tx> implements Command<Tx> {
  constructor(
    private readonly name: string,
    private readonly actions: readonly Action[],
    private readonly work: (world: World<Tx>) => unknown,
    /** Nothing else happens meanwhile: the event table says what it comes to. */
    private readonly alone = false,
  ) {}

  check({ started }: Readonly<Model>): boolean {
    return started > 0 || this.actions.every((each) => each.do === 'start' || each.do === 'sweep');
  }

  async run(model: Model, world: World<Tx>): Promise<void> {
    const before = await world.rows();
    const undisturbed = this.alone && world.moods.length + world.bank.faults['verify-payment'].length === 0;
    await this.work(world);
    const after = await world.rows();
    const broken = [...world.witness.broken, ...brokenRules(world, before, after)];
    if (undisturbed)
      for (const each of this.actions) broken.push(...wrongOutcome(world, each, before, after));
    if (broken.length > 0) throw new Error(broken.join('; '));
    model.started += this.actions.filter((each) => each.do === 'start').length;
  }

  toString(): string {
    return this.name;
  }
}

const MINUTE = 60_000;
const WAITS = [1_000, 31_000, 3 * MINUTE, 31 * MINUTE, 61 * MINUTE, 25 * 60 * MINUTE];
const FAULTS: Fault[] = [
  ...(['lost after taking effect', 'no answer', 'status 502'] as const),
  ...(['refused', 'refused about the shop', 'other amount', 'zero'] as const),
];
const MOODS: Mood[] = [
  ...(['throws', 'throws within its transaction', 'throws after its transaction', 'never returns'] as const),
];

const single = <Tx>(): fc.Arbitrary<Step<Tx>> =>
  fc
    .tuple(action, fc.nat(1))
    .map(
      ([each, process]) => new Step<Tx>(sayAction(each), [each], (world) => world.act(process, each), true),
    );

/** Two at once, in one process or in two, with slow store calls. */
const together = <Tx>(): fc.Arbitrary<Step<Tx>> => {
  const turns = fc.array(fc.nat(4), { minLength: 4, maxLength: 12 });
  return fc
    .tuple(action, fc.option(action, { freq: 2 }), fc.nat(1), turns, turns)
    .map(([first, other, process, ...delays]) => {
      const second = other ?? first;
      const name = `at once: ${sayAction(first)} + ${sayAction(second)} (process ${process}; ${delays.map((turns) => turns.join(' ')).join(' / ')})`;
      return new Step<Tx>(name, [first, second], async (world) => {
        world.processes.forEach(({ life }, index) => (life.turns = [...(delays[index] ?? [])]));
        world.witness.together = true;
        await Promise.all([world.act(0, first), world.act(process, second)]);
        world.witness.together = false;
        for (const { life } of world.processes) life.turns = [];
      });
    });
};

/** The store fails at some call, and the process with it or not. */
const disturbed = <Tx>(): fc.Arbitrary<Step<Tx>> => {
  const fuse: fc.Arbitrary<Fuse> = fc.record(
    { calls: fc.integer({ min: 1, max: 10 }), after: fc.boolean(), deadly: fc.boolean() },
    { noNullPrototype: true },
  );
  return fc.tuple(action, fuse).map(([each, how]) => {
    const when = `${how.after ? 'after' : 'before'} store call ${how.calls}`;
    const name = `${sayAction(each)}; ${how.deadly ? 'the process dies' : 'the store fails'} ${when}`;
    return new Step<Tx>(name, [each], async (world) => {
      const [process] = world.processes;
      process?.life.light(how);
      await world.act(0, each);
      process?.life.light(undefined);
      await world.reload();
    });
  });
};

const set = <Tx>(name: string, work: (world: World<Tx>) => unknown): Step<Tx> => new Step<Tx>(name, [], work);

const weather = <Tx>(): fc.Arbitrary<Step<Tx>>[] => [
  fc
    .constantFrom(...WAITS)
    .map((ms) => set<Tx>(`${ms / 1_000} seconds pass`, (world) => void (world.now += ms))),
  fc
    .tuple(fc.constantFrom('get-token' as const, ...VERIFY), fc.constantFrom(...FAULTS))
    .map(([call, fault]) =>
      set<Tx>(`gateway: ${call} ${fault}`, (world) => void world.bank.faults[call].push(fault)),
    ),
  fc
    .constantFrom(...MOODS)
    .map((mood) => set<Tx>(`the next hook ${mood}`, (world) => void world.moods.push(mood))),
  fc
    .tuple(fc.nat(ORDERS - 1), fc.constantFrom<Word>('yes', 'no', 'throws'))
    .map(([order, word]) =>
      set<Tx>(`order ${order} is payable: ${word}`, (world) => void (world.words[order] = word)),
    ),
];

const VERIFY = ['verify-payment', 'verify-payment', 'verify-payment'] as const;

/** Whole interleavings, of up to 24 commands. */
export const interleavings = <Tx>(replayPath?: string): fc.Arbitrary<Iterable<Command<Tx>>> => {
  const usual = single<Tx>();
  const kinds = [usual, usual, usual, together<Tx>(), disturbed<Tx>(), ...weather<Tx>()];
  return fc.commands<Model, World<Tx>, false>(kinds, {
    maxCommands: 24,
    size: 'max',
    ...(replayPath !== undefined && { replayPath }),
  });
};
