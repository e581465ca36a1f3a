import { useEffect, useRef, useState, useSyncExternalStore } from 'react';
import { sendFile } from './send';
import { type Upload, UploadQueue } from './upload';

/** Files on their way to the library from the screen that calls this; `onDone` is told each that arrived. */
export const useUploads = (onDone: (id: string, isNew: boolean) => void): [readonly Upload[], UploadQueue] => {
  const told = useRef(onDone);
  useEffect(() => {
    told.current = onDone;
  });
  const [queue] = useState(() => new UploadQueue(sendFile, (id, isNew) => told.current(id, isNew)));
  return [useSyncExternalStore(queue.subscribe, queue.uploads), queue];
};
