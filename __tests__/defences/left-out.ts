/** Tests of SECURITY.md that turn red for none of the defences in the list, and why. */
export const LEFT_OUT: Readonly<Record<string, string>> = {
  'an unknown invoice, a wrong key and a nearly right one take the same time, within noise':
    'a comparison is far below that noise: the test finds what costs a read; the work itself is counted by the test before',
  'in depth is no trouble: JSON 40,000 lists deep reaches getOrder and is no order':
    'JSON.parse answers for the depth: no line of the package does',
  'in depth as metadata is refused or kept, and nothing falls':
    'JSON.stringify answers for the depth, and what it throws is an error either way',
  'of a hundred clients at once keeps no buyer from paying':
    'node keeps each connection by itself: no line of the package does',
  'a length that is too short or too long, or both ways of saying it, takes no payment':
    'node’s parser of HTTP refuses them before the package is asked',
  'to %s is not followed':
    'without the defence it would ask other machines than this one; the test beside it, whose redirects lead to this one, turns red',
  'of ten thousand headers is no answer': 'node’s parser of HTTP bounds them (maxHeaderSize)',
};
