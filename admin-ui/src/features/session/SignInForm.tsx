import { Button, PasswordInput, TextInput } from '@mantine/core';
import { schemaResolver, useForm } from '@mantine/form';
import { useEffect, useRef, useState } from 'react';
import * as z from 'zod/mini';
import { signIn } from '~/gql/session';
import { fieldErrors } from '~/ui/fieldErrors';
import classes from './Form.module.css';
import { text } from './text';

const schema = z.object({
  email: z.string().check(z.trim(), z.minLength(1, text.signIn.noEmail)),
  password: z.string().check(z.minLength(1, text.signIn.noPassword)),
});

/** E-mail and password. `email` fixes who signs in, for a session that ran out. */
export const SignInForm = ({ email, onDone }: { email?: string; onDone: () => void }) => {
  const [failure, setFailure] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const alert = useRef<HTMLParagraphElement>(null);
  useEffect(() => {
    if (failure !== null) alert.current?.focus();
  }, [failure]);
  const form = useForm({
    mode: 'uncontrolled',
    initialValues: { email: email ?? '', password: '' },
    validate: schemaResolver(schema, { sync: true }),
  });

  const submit = form.onSubmit(async (values) => {
    setBusy(true);
    setFailure(null);
    const answer = await signIn({ email: values.email.trim(), password: values.password });
    setBusy(false);
    if (answer.ok) {
      onDone();
      return;
    }
    const { byField, rest } = fieldErrors(answer.userErrors, ['email', 'password']);
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
        label={text.signIn.email}
        type="email"
        name="email"
        autoComplete="username"
        inputMode="email"
        size="md"
        readOnly={email !== undefined}
        data-autofocus={email === undefined || undefined}
        key={form.key('email')}
        {...form.getInputProps('email')}
      />
      <PasswordInput
        label={text.signIn.password}
        name="password"
        autoComplete="current-password"
        size="md"
        visibilityToggleButtonProps={{ 'aria-label': text.signIn.show, tabIndex: 0 }}
        data-autofocus={email !== undefined || undefined}
        key={form.key('password')}
        // Mantine says it of every other kind of input by itself.
        aria-invalid={form.errors['password'] !== undefined}
        {...form.getInputProps('password')}
      />
      <Button type="submit" size="md" loading={busy}>
        {text.signIn.submit}
      </Button>
    </form>
  );
};
