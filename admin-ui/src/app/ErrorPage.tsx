import { Button } from '@mantine/core';
import { type ErrorComponentProps, Link, useRouter } from '@tanstack/react-router';
import classes from './ErrorPage.module.css';
import { text } from './text';

/** Thrown by a route's guard when it could not be learnt who is signed in. */
export class Unreachable extends Error {}

export const ErrorPage = ({ error, reset }: ErrorComponentProps) => {
  const router = useRouter();
  const words = error instanceof Unreachable ? text.unreachable : text.broken;
  return (
    <main className={classes['page']}>
      <h1>{words.title}</h1>
      <p role="alert">{words.body}</p>
      <Button
        onClick={() => {
          reset();
          void router.invalidate();
        }}
      >
        {text.retry}
      </Button>
    </main>
  );
};

export const NotFound = () => (
  <main className={classes['page']}>
    <h1>{text.notFound.title}</h1>
    <p>{text.notFound.body}</p>
    <Button component={Link} to="/">
      {text.home}
    </Button>
  </main>
);

export const Pending = () => (
  <div className={classes['pending']} role="status">
    {text.loading}
  </div>
);
