import { useRouter, useSearch } from '@tanstack/react-router';
import { useTitle } from '~/ui/title';
import classes from './Form.module.css';
import { Frame } from './Frame';
import { SignInForm } from './SignInForm';
import { text } from './text';
import { useSetup } from './useSetup';

/** Only a path of ours: an address from the URL must not lead anybody elsewhere. */
const safePath = (next: string | undefined) => (next !== undefined && /^\/(?![/\\])/.test(next) ? next : '/');

export const SignIn = () => {
  useTitle(text.signIn.title);
  const router = useRouter();
  const { next } = useSearch({ from: '/login' });
  const setup = useSetup();
  return (
    <Frame>
      <h1 className={classes['title']}>{text.signIn.title}</h1>
      <p className={classes['lead']}>{setup === null ? '\u00a0' : text.signIn.lead(setup.siteName)}</p>
      {setup?.needsOwner ? <p className={classes['note']}>{text.signIn.needsOwner}</p> : null}
      <SignInForm onDone={() => router.history.replace(`/admin${safePath(next)}`)} />
      <p className={classes['help']}>{text.signIn.forgotten}</p>
    </Frame>
  );
};
