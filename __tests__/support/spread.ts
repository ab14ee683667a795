/** For the tests of a file: hooks that failed are called again after the whole delay, not after 75 to 100 % of it. */
export function wholeDelays(): void {
  let random: jest.SpyInstance<number>;
  beforeEach(() => {
    random = jest.spyOn(Math, 'random').mockReturnValue(1);
  });
  afterEach(() => random.mockRestore());
}
