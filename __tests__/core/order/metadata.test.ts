import fc from 'fast-check';
import { check, refused } from './check';

describe('metadata', () => {
  it('is at most 16,000 characters of JSON', () => {
    const longest = 'x'.repeat(15_998);
    expect(check({ metadata: longest }).metadata).toBe(longest);
    expect(refused({ metadata: `${longest}x` })).toContain('at most 16000 characters');
  });

  it('comes back as JSON would bring it back', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (metadata) => {
        expect(check({ metadata }).metadata).toEqual(JSON.parse(JSON.stringify(metadata)));
      }),
    );
    const given = { at: new Date(0), gone: undefined, list: [undefined, NaN] };
    expect(check({ metadata: given }).metadata).toEqual({
      at: '1970-01-01T00:00:00.000Z',
      list: [null, null],
    });
  });

  it('is a copy, so that the shop’s object may change', () => {
    const metadata = { items: [1] };
    const order = check({ metadata });
    metadata.items.push(2);
    expect(order.metadata).toEqual({ items: [1] });
  });

  const cyclic: Record<string, unknown> = {};
  cyclic['self'] = cyclic;
  const bad = { toJSON: () => { throw new Error('no'); } }; // prettier-ignore
  it.each([[cyclic], [{ count: 1n }], [() => 1], [Symbol('x')], ['x'.repeat(15_999)], [bad]])(
    'that is no JSON, or too much of it, is refused: case %#',
    (metadata) =>
      expect(refused({ metadata })).toContain('metadata must be JSON of at most 16000 characters'),
  );
});
