import { type KeyboardEvent, useId, useRef, useState } from 'react';
import { withTyped } from './lines';
import classes from './TermsField.module.css';
import { text } from './text';

/**
 * Terms as tags, written one after the other. The hundreds of these on one screen are why it is no `TagsInput`, which
 * brings a list to choose from with each.
 */
export const TermsField = ({
  label,
  helpId,
  terms,
  problem,
  onChange,
}: {
  label: string;
  /** The element that says how the keys work; once for all of them. */
  helpId: string;
  terms: readonly string[];
  problem: string | undefined;
  onChange: (terms: string[]) => void;
}) => {
  const id = useId();
  const field = useRef<HTMLDivElement>(null);
  const [typed, setTyped] = useState('');

  const accept = (words: string) => {
    setTyped('');
    const next = withTyped(terms, words);
    if (next.length > terms.length) onChange(next);
  };
  const takeOut = (place: number) => {
    onChange(terms.filter((_, at) => at !== place));
    focus(terms.length);
  };
  /** A tag, or what one writes in behind the last one. */
  const focus = (place: number) => {
    const tags = field.current?.querySelectorAll<HTMLElement>('button') ?? [];
    (tags[place] ?? field.current?.querySelector('input'))?.focus();
  };
  const onInputKey = (event: KeyboardEvent<HTMLInputElement>) => {
    if (event.nativeEvent.isComposing) return;
    if (event.key === 'Enter') {
      event.preventDefault();
      accept(typed);
    } else if (event.key === 'Backspace' && typed === '' && terms.length > 0) {
      event.preventDefault();
      takeOut(terms.length - 1);
    } else if (event.key === 'ArrowLeft' && event.currentTarget.selectionEnd === 0 && terms.length > 0) {
      event.preventDefault();
      focus(terms.length - 1);
    }
  };
  const onTagKey = (event: KeyboardEvent, place: number) => {
    if (event.key === 'ArrowLeft') focus(Math.max(0, place - 1));
    else if (event.key === 'ArrowRight') focus(place + 1);
    else if (event.key === 'Backspace' || event.key === 'Delete') takeOut(place);
    else return;
    event.preventDefault();
  };

  return (
    <div className={classes['terms']}>
      {/* biome-ignore lint/a11y/noStaticElementInteractions lint/a11y/useKeyWithClickEvents: the keys are those of the field within; this only makes it easier to hit. */}
      <div
        ref={field}
        className={classes['field']}
        data-error={problem === undefined ? undefined : ''}
        onClick={({ target, currentTarget }) => target === currentTarget && focus(terms.length)}
      >
        {terms.map((term, place) => (
          <span key={term} className={classes['tag']}>
            <span className="clip" title={term}>
              {term}
            </span>
            <button
              type="button"
              tabIndex={-1}
              aria-label={text.takeOut(term)}
              onClick={() => takeOut(place)}
              onKeyDown={(event) => onTagKey(event, place)}
            >
              <span aria-hidden="true">×</span>
            </button>
          </span>
        ))}
        <input
          type="text"
          aria-label={`${label}${terms.length === 0 ? '' : `: ${terms.join(', ')}`}`}
          aria-invalid={problem === undefined ? undefined : true}
          aria-describedby={problem === undefined ? helpId : `${id}-problem ${helpId}`}
          placeholder={terms.length < 2 ? text.placeholder : ''}
          autoComplete="off"
          value={typed}
          onChange={({ currentTarget: { value } }) => (value.includes(',') ? accept(value) : setTyped(value))}
          onPaste={(event) => {
            const pasted = event.clipboardData.getData('text/plain');
            if (!/[,;\t\n\r]/.test(pasted)) return;
            event.preventDefault();
            accept(`${typed}${pasted}`);
          }}
          onBlur={() => accept(typed)}
          onKeyDown={onInputKey}
        />
      </div>
      {problem !== undefined && (
        <p id={`${id}-problem`} className={classes['problem']}>
          {problem}
        </p>
      )}
    </div>
  );
};
