import { useEffect, useRef, useState } from 'react';
import { drawPreview } from '~/features/entries/preview/draw';
import { patchPreview, readPreview } from '~/features/entries/preview/patch';
import type { Definition } from './definition';
import classes from './FormScreen.module.css';
import { PreviewForm } from './queries';
import { text } from './text';

/** How long a pause in writing must be before the preview follows. */
const pauseMs = 250;

/** The form as the site would draw it, following what is written. */
export const Preview = ({
  definition,
  contactConsent,
  textConsent,
}: {
  definition: Definition;
  contactConsent: string;
  textConsent: string;
}) => {
  const frame = useRef<HTMLIFrameElement>(null);
  const [shown, setShown] = useState(false);
  const [failure, setFailure] = useState<string | null>(null);

  useEffect(() => {
    let latest = true;
    const draw = async () => {
      const answer = await drawPreview(
        PreviewForm,
        { definition, contactConsent, textConsent },
        ({ previewLeadForm }) => previewLeadForm,
      );
      // Whoever wrote on meanwhile waits for what they wrote last.
      if (!latest || frame.current === null) return;
      if (answer.kind === 'drawn') {
        const drawn = readPreview(answer.html);
        for (const details of drawn.querySelectorAll('details.more')) details.setAttribute('open', '');
        if (!patchPreview(frame.current.contentDocument, drawn)) frame.current.srcdoc = drawn.documentElement.outerHTML;
        setShown(true);
      }
      setFailure(answer.kind === 'drawn' ? null : answer.message);
    };
    const timer = setTimeout(() => void draw(), pauseMs);
    return () => {
      latest = false;
      clearTimeout(timer);
    };
  }, [definition, contactConsent, textConsent]);

  return (
    <section className={classes['preview']} aria-label={text.preview.label}>
      <header>
        <h2>{text.preview.label}</h2>
        <span role="status" className="muted">
          {failure ?? (shown ? '' : text.preview.drawing)}
        </span>
      </header>
      <iframe
        ref={frame}
        title={text.preview.frame}
        // Same origin, so that it can be kept in step; no scripts, no forms, no way out.
        sandbox="allow-same-origin"
        onLoad={({ currentTarget }) =>
          currentTarget.contentDocument?.addEventListener('click', (event) => {
            if ((event.target as Element).closest('a') !== null) event.preventDefault();
          })
        }
      />
    </section>
  );
};
