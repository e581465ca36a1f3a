import { type ComponentType, lazy, useEffect, useState } from 'react';

type Load<P> = () => Promise<ComponentType<P>>;

/** How long to wait before what could not be loaded is asked for again. */
const pause = 3_000;

/**
 * A part of a screen that is loaded when it is first drawn; it stands in a `Suspense`. What cannot be loaded, because the
 * server is away, is drawn as soon as it can be, and takes nothing else of the screen with it until then.
 */
export const lazyPart = <P extends object>(load: Load<P>) =>
  lazy<ComponentType<P>>(async () => {
    const part = await load().catch(() => null);
    return { default: part ?? ((props) => <Later load={load} props={props} />) };
  });

const Later = <P extends object>({ load, props }: { load: Load<P>; props: P }) => {
  const [Part, setPart] = useState<ComponentType<P> | null>(null);
  useEffect(() => {
    if (Part !== null) return;
    const ask = () => {
      load().then(
        (part) => setPart(() => part),
        () => {},
      );
    };
    const timer = setInterval(ask, pause);
    return () => clearInterval(timer);
  }, [Part, load]);
  return Part === null ? null : <Part {...props} />;
};
