import { typeErrorsIn } from '../../support/type-errors';

test('everything here compiles: recipes, and the transactions that hooks are given', async () => {
  expect(await typeErrorsIn(__dirname)).toBe('');
});
