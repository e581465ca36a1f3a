import { Button } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useMutation } from 'urql';
import { failureText } from '~/gql/client';
import { useCan } from '~/gql/session';
import { ChooseFiles } from '~/media/ChooseFiles';
import { DropArea } from '~/media/DropArea';
import { PictureGrid, PictureGridShape } from '~/media/PictureGrid';
import type { PictureRow } from '~/media/queries';
import { text as mediaText } from '~/media/text';
import { UploadList } from '~/media/UploadList';
import { usePictures } from '~/media/usePictures';
import { useUploads } from '~/media/useUploads';
import { Bar } from '~/ui/Bar';
import { EmptyState, ErrorState, Loading } from '~/ui/states';
import { useTitle } from '~/ui/title';
import { MediaFilters } from './MediaFilters';
import classes from './MediaLibrary.module.css';
import { PicturePanel } from './PicturePanel';
import { RestorePicture } from './queries';
import { filterOf, type MediaSearch } from './search';
import { text } from './text';

/** Every picture, and whatever is to be done with one; what is looked for and what lies open are in the address. */
export const MediaLibrary = () => {
  useTitle(text.title);
  const navigate = useNavigate({ from: '/media' });
  const search = useSearch({ from: '/shell/media' });
  const mayWrite = useCan('WRITE_CONTENT');
  const { found, error, fetching, more, refresh } = usePictures(filterOf(search));
  const [uploads, queue] = useUploads(() => refresh());
  const [, restore] = useMutation(RestorePicture);
  const inTrash = search.view === 'trash';

  const go = (next: MediaSearch) => void navigate({ search: next, replace: true });
  const add = (files: File[]) => {
    if (inTrash) go({});
    queue.add(files);
  };
  const putBack = async ({ id, fileName }: { id: string; fileName: string }) => {
    const { data, error: failure } = await restore({ input: { id } });
    const back = data?.restoreMedia.media;
    const why = failure ? failureText(failure) : data?.restoreMedia.userErrors[0]?.message;
    notifications.show(
      back == null
        ? { message: `${text.trash.failedRestore}: ${why ?? ''}`, color: 'red' }
        : { message: text.trash.restored(fileName) },
    );
    refresh();
  };
  const onTrashed = ({ id, fileName }: { id: string; fileName: string }) => {
    go({ ...search, open: undefined });
    refresh();
    const notice = notifications.show({
      autoClose: 10_000,
      message: (
        <span className={classes['notice']}>
          {text.trash.done(fileName)}
          <Button
            variant="subtle"
            size="compact-sm"
            onClick={() => {
              notifications.hide(notice);
              void putBack({ id, fileName });
            }}
          >
            {text.trash.undo}
          </Button>
        </span>
      ),
    });
  };
  const choose = (row: PictureRow) => {
    if (inTrash) void putBack(row);
    else go({ ...search, open: search.open === row.id ? undefined : row.id });
  };
  const isTrashAlone = inTrash && search.q === undefined && search.tag === undefined;
  const isNarrowed = search.q !== undefined || search.view !== undefined || search.tag !== undefined;

  return (
    <div className={classes['library']}>
      <Bar title={text.title} end={mayWrite ? <ChooseFiles label={mediaText.choose} onFiles={add} /> : null} />
      <MediaFilters search={search} onSearch={go} />
      <div className={classes['panes']} data-open={search.open !== undefined || undefined}>
        <DropArea disabled={!mayWrite} className={classes['pictures'] ?? ''} onFiles={add}>
          <UploadList uploads={uploads} queue={queue} />
          {found === undefined ? (
            error === undefined ? (
              <Loading>
                <PictureGridShape />
              </Loading>
            ) : (
              <ErrorState title={mediaText.failed} onRetry={refresh}>
                {failureText(error)}
              </ErrorState>
            )
          ) : found.nodes.length === 0 ? (
            isNarrowed ? (
              <EmptyState
                title={isTrashAlone ? text.trashEmpty.title : text.noMatch.title}
                action={
                  <Button variant="default" onClick={() => go({})}>
                    {text.noMatch.action}
                  </Button>
                }
              >
                {isTrashAlone ? text.trashEmpty.body : text.noMatch.body}
              </EmptyState>
            ) : (
              <EmptyState title={text.empty.title}>{mayWrite ? text.empty.body : text.empty.reader}</EmptyState>
            )
          ) : (
            <>
              {mayWrite && !inTrash && <p className={classes['hint']}>{mediaText.kinds}</p>}
              <PictureGrid
                label={text.pictures}
                rows={found.nodes}
                total={found.totalCount}
                chosen={search.open ?? null}
                more={found.pageInfo.hasNextPage}
                loadingMore={fetching}
                {...(inTrash ? { verb: text.trash.restore } : {})}
                onChoose={choose}
                onMore={more}
              />
            </>
          )}
        </DropArea>
        {search.open !== undefined && (
          <PicturePanel id={search.open} onClose={() => go({ ...search, open: undefined })} onTrashed={onTrashed} />
        )}
      </div>
    </div>
  );
};
