import { type ComponentType, lazy, useEffect, useState } from 'react';

type Load<P> = () => Promise<ComponentType<P>>;

/** How long to wait before what could not be loaded is asked for again. */
const pause = 3_000;

/** A part that can be fetched before it is drawn. */
type Part<P> = ComponentType<P> & { fetch: () => void };

/**
 * A part of a screen that is loaded when it is first drawn, or before; it stands in a `Suspense`. What cannot be loaded,
 * because the server is away, is drawn as soon as it can be, and takes nothing else of the screen with it until then.
 */
export const lazyPart = <P extends object>(load: Load<P>): Part<P> => {
  let known: ComponentType<P> | null = null;
  const fetch = async () => {
    known ??= await load().catch(() => null);
    return known;
  };
  const Lazy = lazy<ComponentType<P>>(async () => ({
    default: (await fetch()) ?? ((props) => <Later load={load} props={props} />),
  }));
  // What is there already is drawn at once: the keyboard comes to it in the same breath.
  // biome-ignore lint/correctness/noComponentHookFactories: A part is made once, beside the imports.
  const Shown = (props: P) => {
    const [Drawn] = useState(() => known ?? Lazy);
    return <Drawn {...props} />;
  };
  return Object.assign(Shown, { fetch: () => void fetch() });
};

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
