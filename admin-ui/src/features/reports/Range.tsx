import { NativeSelect, TextInput } from '@mantine/core';
import classes from './Reports.module.css';
import { problemOf, type RangeSearch, rangeOf, spans } from './range';
import { text } from './text';

/** Which days are reported on. */
export const RangeFields = ({
  search,
  today,
  onChange,
}: {
  search: RangeSearch;
  today: string;
  onChange: (to: RangeSearch) => void;
}) => {
  const range = rangeOf(search, today);
  const problem = problemOf(range);
  const choose = (chosen: string) => {
    const span = spans.find((it) => it === chosen) ?? '30';
    if (span === '30') onChange({});
    else onChange(span === 'own' ? { span, ...range } : { span });
  };
  const own = (of: 'from' | 'to', day: string) => {
    // A field that is half typed says nothing.
    if (day !== '') onChange({ ...search, span: 'own', [of]: day });
  };
  return (
    <div className={classes['range']}>
      <NativeSelect
        label={text.range.label}
        value={search.span ?? '30'}
        data={spans.map((value) => ({ value, label: text.range.spans[value] }))}
        onChange={({ currentTarget }) => choose(currentTarget.value)}
      />
      {search.span === 'own' && (
        <>
          <TextInput
            type="date"
            label={text.range.from}
            value={range.from}
            onChange={({ currentTarget }) => own('from', currentTarget.value)}
          />
          <TextInput
            type="date"
            label={text.range.to}
            value={range.to}
            error={problem === null ? undefined : text.range.problems[problem]}
            onChange={({ currentTarget }) => own('to', currentTarget.value)}
          />
        </>
      )}
    </div>
  );
};
