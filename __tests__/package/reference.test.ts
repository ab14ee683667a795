import { runTool } from './packed';

test('everything public is documented, and every link in its comments leads somewhere', () => {
  expect(runTool('typedoc', ['--emit', 'none'])).toEqual({ code: 0, said: '' });
});
