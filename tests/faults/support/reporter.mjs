import { compose } from 'node:stream';
import { spec } from 'node:test/reporters';

/** Node's own report, and a closing line that counts: `  8 passed, 0 failed, 1 skipped`. */
export default async function* report(source) {
  const counts = { passed: 0, failed: 0, skipped: 0 };
  const counted = async function* (events) {
    for await (const event of events) {
      const outcome = outcomeOf(event);
      if (outcome !== null) counts[outcome] += 1;
      yield event;
    }
  };
  yield* compose(source, counted, new spec());
  yield `\n  ${counts.passed} passed, ${counts.failed} failed, ${counts.skipped} skipped\n`;
}

const outcomeOf = ({ type, data }) => {
  if (type !== 'test:pass' && type !== 'test:fail') return null;
  if (data.details.type === 'suite') return null;
  if (data.skip !== undefined && data.skip !== false) return 'skipped';
  return type === 'test:pass' ? 'passed' : 'failed';
};
