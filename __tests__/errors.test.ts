import { AtipayError, isUniqueViolation, UniqueViolation } from '../lib/errors';

describe('an error of this package', () => {
  it('has a name, a code, a status and a word on who may see it', () => {
    const error = new AtipayError('ERR_ATIPAY_ORDER', 'No.', { status: 422, expose: true });
    expect(error).toBeInstanceOf(Error);
    expect(error).toMatchObject({ name: 'AtipayError', code: 'ERR_ATIPAY_ORDER', message: 'No.' });
    expect(error).toMatchObject({ status: 422, expose: true });
    expect(new AtipayError('ERR_ATIPAY_ORDER', 'No.')).toMatchObject({ status: 500, expose: false });
  });

  it('has a cause of any kind when it is given one', () => {
    const given = (cause: unknown): AtipayError => new AtipayError('ERR_ATIPAY_ORDER', 'No.', { cause });
    expect(given(undefined)).toHaveProperty('cause', undefined);
    expect(given(5).cause).toBe(5);
    expect(new AtipayError('ERR_ATIPAY_ORDER', 'No.')).not.toHaveProperty('cause');
  });
});

describe('a unique violation', () => {
  it('is an error with another name and code, answered with 409', () => {
    const cause = new Error('duplicate key');
    const error = new UniqueViolation({ cause, status: 500 });
    expect(error).toBeInstanceOf(AtipayError);
    expect(error).toMatchObject({
      name: 'UniqueViolation',
      code: 'ERR_ATIPAY_UNIQUE_VIOLATION',
      status: 409,
      cause,
    });
    expect(error.message).toMatch(/already holds this invoice number, receipt or order/);
  });

  it('is known by its code, from another copy of this package too', () => {
    expect(isUniqueViolation(new UniqueViolation())).toBe(true);
    expect(isUniqueViolation({ code: 'ERR_ATIPAY_UNIQUE_VIOLATION' })).toBe(true);
  });

  it.each([
    [null],
    [undefined],
    ['ERR_ATIPAY_UNIQUE_VIOLATION'],
    [{}],
    [{ code: 'SQLITE_BUSY' }],
    [new Error('x')],
  ])('is not %p', (error) => expect(isUniqueViolation(error)).toBe(false));
});
