import { ActionIcon, Button } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { IconX } from '@tabler/icons-react';
import { useEffect, useRef, useState } from 'react';
import { useMutation, useQuery } from 'urql';
import { failureText } from '~/gql/client';
import { useCan } from '~/gql/session';
import { AltForm } from '~/media/AltForm';
import { ChooseFiles } from '~/media/ChooseFiles';
import { type Picture, PictureQuery } from '~/media/queries';
import { text as mediaText } from '~/media/text';
import { UploadList } from '~/media/UploadList';
import { useUploads } from '~/media/useUploads';
import { RelativeTime } from '~/ui/RelativeTime';
import { ErrorState, Loading, SkeletonRows } from '~/ui/states';
import { useFocusBack } from '~/ui/useFocusBack';
import { DetailsForm } from './DetailsForm';
import { FocalPicker } from './FocalPicker';
import classes from './PicturePanel.module.css';
import { ReplacePicture, TrashPicture } from './queries';
import { text } from './text';
import { UsedIn } from './UsedIn';

const size = (bytes: number) =>
  bytes < 1_000_000 ? `${Math.max(1, Math.round(bytes / 1000))} kB` : `${(bytes / 1_000_000).toFixed(1)} MB`;

/** Everything about one picture, and what can be done with it. */
export const PicturePanel = ({
  id,
  onClose,
  onTrashed,
}: {
  id: string;
  onClose: () => void;
  onTrashed: (picture: { id: string; fileName: string }) => void;
}) => {
  const [{ data, error, fetching }, retry] = useQuery({ query: PictureQuery, variables: { id } });
  useFocusBack();
  const heading = useRef<HTMLHeadingElement>(null);
  const picture = data?.mediaItem;
  useEffect(() => {
    if (id !== '') heading.current?.focus({ preventScroll: true });
  }, [id]);
  return (
    <aside className={classes['panel']} aria-label={text.panel.label}>
      <header className={classes['head']}>
        <h2 ref={heading} tabIndex={-1} className="clip" title={picture?.fileName}>
          {picture?.fileName ?? text.panel.label}
        </h2>
        <ActionIcon aria-label={text.panel.close} onClick={onClose}>
          <IconX size={18} stroke={1.6} aria-hidden />
        </ActionIcon>
      </header>
      {picture != null ? (
        <Body key={`${picture.id} ${picture.path}`} picture={picture} onTrashed={onTrashed} />
      ) : error !== undefined ? (
        <ErrorState title={mediaText.failed} onRetry={() => retry({ requestPolicy: 'network-only' })}>
          {failureText(error)}
        </ErrorState>
      ) : fetching ? (
        <Loading label={text.panel.loading}>
          <SkeletonRows rows={4} />
        </Loading>
      ) : (
        <p className={classes['gone']}>{text.panel.gone}</p>
      )}
    </aside>
  );
};

const Body = ({
  picture,
  onTrashed,
}: {
  picture: Picture;
  onTrashed: (picture: { id: string; fileName: string }) => void;
}) => {
  const mayWrite = useCan('WRITE_CONTENT');
  return (
    <div className={classes['body']}>
      <FocalPicker picture={picture} readOnly={!mayWrite} />
      {mayWrite ? (
        <>
          <section className={classes['part']}>
            <h3>{text.panel.description}</h3>
            <AltForm picture={picture} />
          </section>
          <DetailsForm picture={picture} />
        </>
      ) : (
        <section className={classes['part']}>
          <h3>{text.panel.description}</h3>
          <p>
            {picture.missingAlt ? mediaText.missingAlt : picture.decorative ? mediaText.alt.decorative : picture.alt}
          </p>
        </section>
      )}
      <UsedIn picture={picture} />
      <section className={classes['part']}>
        <h3>{text.panel.file}</h3>
        <p className={classes['facts']}>
          <span>{mediaText.size(picture.width, picture.height)}</span>
          <span>{picture.mimeType.replace('image/', '').toUpperCase()}</span>
          <span>{size(picture.byteSize)}</span>
          <span>
            {text.panel.by(picture.createdBy?.name ?? null)}, <RelativeTime at={picture.createdAt} />
          </span>
          <a href={picture.path} target="_blank" rel="noopener">
            {text.panel.original}
          </a>
        </p>
        {mayWrite && <Verbs picture={picture} onTrashed={onTrashed} />}
      </section>
    </div>
  );
};

const Verbs = ({
  picture,
  onTrashed,
}: {
  picture: Picture;
  onTrashed: (picture: { id: string; fileName: string }) => void;
}) => {
  const [failure, setFailure] = useState<string | null>(null);
  const [, replace] = useMutation(ReplacePicture);
  const [trashing, trash] = useMutation(TrashPicture);
  const { id, version } = picture;
  const [uploads, queue] = useUploads(async (upload) => {
    const { data, error } = await replace({ input: { id, version, upload } });
    const payload = data?.replaceMedia;
    queue.clear();
    if (payload?.media == null) {
      setFailure(`${text.replace.failed}: ${error ? failureText(error) : (payload?.userErrors[0]?.message ?? '')}`);
      return;
    }
    notifications.show({ message: text.replace.done });
  });
  return (
    <>
      <UploadList uploads={uploads} queue={queue} />
      {failure !== null && (
        <p role="alert" className={classes['failure']}>
          {failure}
        </p>
      )}
      <div className={classes['verbs']}>
        <ChooseFiles
          label={text.replace.button}
          variant="default"
          multiple={false}
          disabled={uploads.length > 0}
          onFiles={(files) => {
            setFailure(null);
            queue.add(files.slice(0, 1));
          }}
        />
        <Button
          variant="subtle"
          className="danger"
          disabled={picture.usedCount > 0}
          loading={trashing.fetching}
          onClick={async () => {
            const { data, error } = await trash({ input: { id, version } });
            const payload = data?.trashMedia;
            if (payload?.media == null) {
              setFailure(
                `${text.trash.failed}: ${error ? failureText(error) : (payload?.userErrors[0]?.message ?? '')}`,
              );
            } else {
              onTrashed(payload.media);
            }
          }}
        >
          {text.trash.button}
        </Button>
      </div>
      <p className="muted">{picture.usedCount > 0 ? text.trash.used : text.replace.help}</p>
    </>
  );
};
