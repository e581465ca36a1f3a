import type { FieldOf } from '../definition';
import { usePictureParts } from '../pictures';
import type { ControlProps } from './control';
import { ReferenceField } from './ReferenceFields';

/** A picture; where there is no library at hand, chosen by name like anything else. */
export const MediaField = ({ field, ...props }: ControlProps<FieldOf<'media'>>) => {
  const pictures = usePictureParts();
  if (pictures === null)
    return <ReferenceField {...props} field={{ ...field, widget: 'reference', targets: ['MEDIA'] }} />;
  const { value, error, onChange } = props;
  return (
    <pictures.Field
      label={field.label}
      help={field.help}
      error={error}
      value={typeof value === 'string' && value !== '' ? value : null}
      onChange={onChange}
      onDescribed={pictures.onDescribed}
    />
  );
};
