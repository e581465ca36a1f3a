import type { ComponentPropsWithRef } from 'react';
import classes from './GrowingText.module.css';

/**
 * A text field as tall as its words. They lie under it a second time, invisible, and make the room; nothing is measured,
 * so sixty cells of a table cost nothing.
 */
export const GrowingText = ({
  value,
  className = '',
  ...field
}: Omit<ComponentPropsWithRef<'textarea'>, 'value' | 'rows'> & { value: string }) => (
  <div className={`${classes['frame']} ${className}`} data-value={value === '' ? field.placeholder : value}>
    <textarea {...field} rows={1} value={value} />
  </div>
);
