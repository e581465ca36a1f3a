import { type ReactNode, Suspense, useEffect, useMemo, useRef } from 'react';
import { type PictureFieldProps, PicturesProvider } from '~/blocks/pictures';
import { lazyPart } from '~/ui/lazyPart';

const PictureField = lazyPart(async () => (await import('~/media/PictureField')).PictureField);
const PictureView = lazyPart(async () => (await import('~/media/PictureView')).PictureView);

const Field = (props: PictureFieldProps) => (
  <Suspense fallback={null}>
    <PictureField {...props} />
  </Suspense>
);

const View = ({ id }: { id: string }) => (
  <Suspense fallback={null}>
    <PictureView id={id} />
  </Suspense>
);

/** Brings the media library to the blocks below. `onDescribed`: somebody said here what a picture shows. */
export const EntryPictures = ({ onDescribed, children }: { onDescribed: () => void; children: ReactNode }) => {
  const described = useRef(onDescribed);
  useEffect(() => {
    described.current = onDescribed;
  });
  useEffect(() => PictureField.fetch(), []);
  const pictures = useMemo(() => ({ Field, View, onDescribed: () => described.current() }), []);
  return <PicturesProvider value={pictures}>{children}</PicturesProvider>;
};
