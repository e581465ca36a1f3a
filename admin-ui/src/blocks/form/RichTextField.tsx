import { emptyText, isRichText } from '~/richtext/contract';
import { RichText } from '~/richtext/RichText';
import { samePath } from '../path';
import { useBlockForm } from './context';
import type { ControlProps } from './control';

/** A text with links and emphasis. */
export const RichTextField = ({ field, path, value, error, onChange, labelHidden, bare, point }: ControlProps) => {
  const { wanted, onSlash, onSplit } = useBlockForm();
  const asked = wanted !== null && samePath(wanted.path, path);
  return (
    <RichText
      label={field.label}
      labelHidden={labelHidden}
      description={bare || labelHidden ? undefined : field.help || undefined}
      error={error}
      value={isRichText(value) ? value : emptyText}
      onChange={onChange}
      bare={bare}
      caret={asked ? (wanted.caret ?? 'end') : null}
      point={point}
      onSlash={bare ? onSlash : undefined}
      onSplit={bare ? onSplit : undefined}
    />
  );
};
