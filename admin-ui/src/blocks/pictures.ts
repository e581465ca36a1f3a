import { type ComponentType, createContext, type ReactNode, useContext } from 'react';

export type PictureFieldProps = {
  label: string;
  help: string;
  error: ReactNode;
  value: string | null;
  onChange: (id: string | null) => void;
  /** Somebody said what the picture shows, which no document holds. */
  onDescribed: () => void;
};

/** How pictures are chosen and shown. Blocks know no library: the editor brings one. */
export type Pictures = {
  Field: ComponentType<PictureFieldProps>;
  View: ComponentType<{ id: string }>;
  onDescribed: () => void;
};

const Context = createContext<Pictures | null>(null);

export const PicturesProvider = Context.Provider;

/** Null where nobody brought pictures: then a picture is shown by its name. */
export const usePictureParts = (): Pictures | null => useContext(Context);
