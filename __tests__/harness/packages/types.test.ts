import { typeErrorsIn } from '../../support/type-errors';

test('everything here compiles', async () => {
  expect(await typeErrorsIn(__dirname)).toBe('');
});
