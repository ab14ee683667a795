import { compileFunction } from 'node:vm';
import morgan from 'morgan';
import ts from 'typescript';
import { blocksOf } from '../../../docs/markdown';
import { addressOf, openSurrounded, takeWholePayment, type Surroundings } from '../../../support/surrounded';

/** The access log of a whole payment, in which the receipt is loaded once more. */
async function logOf(build: Surroundings): Promise<{ lines: string[]; returnKey: string }> {
  const lines: string[] = [];
  const stdout = jest
    .spyOn(process.stdout, 'write')
    .mockImplementation((line) => lines.push(String(line)) > 0);
  try {
    const scene = await openSurrounded(build);
    const { record } = await takeWholePayment(scene);
    await fetch(`${addressOf(scene, 'result', record)}?unconfirmed`);
    return { lines: lines.filter((line) => line.includes('/payment/')), returnKey: record.returnKey };
  } finally {
    stdout.mockRestore();
  }
}

/** Runs the block of docs/compatibility.md, with a separate copy of morgan: its tokens are global. */
function runDocumented(app: Parameters<Surroundings>[0]): void {
  const block = blocksOf('docs/compatibility.md').find(({ code }) => code.includes("from 'morgan'"));
  const { outputText } = ts.transpileModule(block?.code ?? '', {
    compilerOptions: { module: ts.ModuleKind.CommonJS, esModuleInterop: true },
  });
  jest.isolateModules(() => {
    const load = (name: string): unknown => jest.requireActual(name);
    Reflect.apply(compileFunction(outputText, ['require', 'exports', 'app']), undefined, [load, {}, app]);
  });
}

test('morgan with its defaults pays, and writes the key of every receipt down', async () => {
  const { lines, returnKey } = await logOf((app, router) =>
    app.use(morgan('combined')).use('/payment', router),
  );
  expect(lines.filter((line) => line.includes(returnKey)).length).toBeGreaterThanOrEqual(5);
});

test('morgan as documented pays, and writes down which payment, without its key', async () => {
  const { lines, returnKey } = await logOf((app, router) => {
    runDocumented(app);
    app.use('/payment', router);
  });
  expect(lines.length).toBeGreaterThanOrEqual(5);
  expect(lines.join('')).toMatch(/"POST \/payment\/callback\/\d{20}\/- HTTP\/1.1" 303/);
  expect(lines.join('')).toMatch(/"GET \/payment\/result\/\d{20}\/-\?unconfirmed HTTP\/1.1" 200/);
  expect(lines.filter((line) => line.includes(returnKey))).toEqual([]);
});
