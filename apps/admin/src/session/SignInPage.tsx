import { useApolloClient, useMutation } from '@apollo/client/react';
import { PasswordInput, TextInput } from '@mantine/core';
import { useNavigate, useRouter, useSearch } from '@tanstack/react-router';
import { type FormEvent, useEffect, useState } from 'react';
import { explain } from '../apollo/errors.ts';
import { SessionDocument, SignInDocument } from '../gql/graphql.ts';
import { Button } from '../ui/Button.tsx';
import { Notice } from '../ui/Notice.tsx';
import { safeReturnPath } from './return-path.ts';
import { SessionFrame } from './SessionFrame.tsx';
import { useSession } from './use-session.ts';

function sentenceFor(error: unknown): string {
  const { code, message } = explain(error);
  if (code === 'UNAUTHENTICATED' || code === 'INVALID_INPUT')
    return 'Address and password do not match. Check both and try again.';
  return message;
}

/** Signs an agent in and goes on to where they wanted to be. */
export function SignInPage() {
  const { to } = useSearch({ strict: false });
  const client = useApolloClient();
  const navigate = useNavigate();
  const router = useRouter();
  const { data } = useSession();
  const [email, setEmail] = useState('');
  const [password, setPassword] = useState('');
  const [signIn, { loading, error }] = useMutation(SignInDocument);

  useEffect(() => {
    if (data?.setup.required) void navigate({ to: '/setup', replace: true });
  }, [data, navigate]);

  const onSubmit = async (event: FormEvent) => {
    event.preventDefault();
    const answer = await signIn({ variables: { input: { email: email.trim(), password } } }).catch(() => undefined);
    if (!answer?.data) return;
    client.writeQuery({
      query: SessionDocument,
      data: { __typename: 'Query', viewer: answer.data.signIn, setup: { __typename: 'SetupState', required: false } },
    });
    router.history.push(safeReturnPath(to));
  };

  return (
    <SessionFrame title="Sign in">
      <form onSubmit={onSubmit}>
        {error && <Notice tone="bad">{sentenceFor(error)}</Notice>}
        <TextInput
          label="Email"
          type="email"
          autoComplete="username"
          required
          withAsterisk={false}
          value={email}
          onChange={(event) => setEmail(event.currentTarget.value)}
        />
        <PasswordInput
          label="Password"
          autoComplete="current-password"
          required
          withAsterisk={false}
          value={password}
          onChange={(event) => setPassword(event.currentTarget.value)}
          visibilityToggleButtonProps={{ 'aria-label': 'Show or hide the password' }}
        />
        <Button look="primary" size="big" type="submit" isBusy={loading}>
          Sign in
        </Button>
      </form>
    </SessionFrame>
  );
}
