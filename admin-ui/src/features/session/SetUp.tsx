import { Button, PasswordInput, TextInput } from '@mantine/core';
import { schemaResolver, useForm } from '@mantine/form';
import { Link, useNavigate } from '@tanstack/react-router';
import { useEffect, useRef, useState } from 'react';
import * as z from 'zod/mini';
import { setUpOwner } from '~/gql/session';
import { fieldErrors } from '~/ui/fieldErrors';
import { useTitle } from '~/ui/title';
import classes from './Form.module.css';
import { Frame } from './Frame';
import { minimumLength, passwordStrength } from './strength';
import { text } from './text';
import { useSetup } from './useSetup';

const schema = z.object({
  name: z.string().check(z.trim(), z.minLength(1, text.setUp.noName)),
  email: z.string().check(z.trim(), z.regex(/^[^\s@]+@[^\s@]+$/, text.setUp.badEmail)),
  password: z
    .string()
    .check(z.refine((value) => [...value].length >= minimumLength, { error: text.setUp.shortPassword })),
});

/** The token travels behind the `#`, which a browser never sends and no log records. */
const tokenOf = (hash: string) => new URLSearchParams(hash.replace(/^#/, '')).get('token') ?? '';

export const SetUp = () => {
  useTitle(text.setUp.title);
  const [token] = useState(() => tokenOf(window.location.hash));
  const setup = useSetup();
  if (setup?.needsOwner === false) {
    return (
      <Frame>
        <h1 className={classes['title']}>{text.setUp.done.title}</h1>
        <p className={classes['lead']}>{text.setUp.done.body}</p>
        <Button component={Link} to="/login" size="md">
          {text.setUp.done.action}
        </Button>
      </Frame>
    );
  }
  if (token === '') {
    return (
      <Frame>
        <h1 className={classes['title']}>{text.setUp.noToken.title}</h1>
        <p className={classes['lead']}>{text.setUp.noToken.body}</p>
      </Frame>
    );
  }
  return (
    <Frame>
      <h1 className={classes['title']}>{text.setUp.title}</h1>
      <p className={classes['lead']}>{setup === null ? '\u00a0' : text.setUp.lead(setup.siteName)}</p>
      <OwnerForm token={token} />
    </Frame>
  );
};

const OwnerForm = ({ token }: { token: string }) => {
  const navigate = useNavigate();
  const [failure, setFailure] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const alert = useRef<HTMLParagraphElement>(null);
  useEffect(() => {
    if (failure !== null) alert.current?.focus();
  }, [failure]);
  const form = useForm({
    initialValues: { name: '', email: '', password: '' },
    validate: schemaResolver(schema, { sync: true }),
  });
  const { name, email, password } = form.values;
  const strength = passwordStrength(password, [name, email]);

  const submit = form.onSubmit(async (values) => {
    setBusy(true);
    setFailure(null);
    const answer = await setUpOwner({
      token,
      name: values.name.trim(),
      email: values.email.trim(),
      password: values.password,
    });
    setBusy(false);
    if (answer.ok) {
      await navigate({ to: '/', replace: true });
      return;
    }
    const { byField, rest } = fieldErrors(answer.userErrors, ['name', 'email', 'password']);
    form.setErrors(byField);
    setFailure(answer.failure ?? rest[0] ?? null);
  });

  return (
    <form onSubmit={submit} noValidate className={classes['fields']}>
      {failure === null ? null : (
        <p ref={alert} role="alert" tabIndex={-1} className={classes['failure']}>
          {failure}
        </p>
      )}
      <TextInput
        label={text.setUp.name}
        description={text.setUp.nameHelp}
        autoComplete="name"
        maxLength={120}
        size="md"
        {...form.getInputProps('name')}
      />
      <TextInput
        label={text.setUp.email}
        description={text.setUp.emailHelp}
        type="email"
        autoComplete="username"
        inputMode="email"
        maxLength={254}
        size="md"
        {...form.getInputProps('email')}
      />
      <PasswordInput
        label={text.setUp.password}
        autoComplete="new-password"
        size="md"
        inputWrapperOrder={['label', 'input', 'error', 'description']}
        description={
          <span className={classes['strength']}>
            <span className={classes['meter']} data-level={strength.level} aria-hidden="true">
              <i />
              <i />
              <i />
            </span>
            <span aria-live="polite">{strength.words}</span>
          </span>
        }
        visibilityToggleButtonProps={{ 'aria-label': text.signIn.show, tabIndex: 0 }}
        // Mantine says it of every other kind of input by itself.
        aria-invalid={form.errors['password'] !== undefined}
        {...form.getInputProps('password')}
      />
      <Button type="submit" size="md" loading={busy}>
        {text.setUp.submit}
      </Button>
    </form>
  );
};
