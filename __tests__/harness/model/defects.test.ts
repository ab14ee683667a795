import { DEFECTS, exploreDefect } from './defects';

test.each(DEFECTS.map((defect) => [defect.name, defect] as const))('found: %s', async (_name, defect) => {
  const { violation } = await exploreDefect(defect);
  expect(violation).toBeDefined();
  expect(violation?.story.length).toBeLessThanOrEqual(20);
});
