import { useApolloClient, useMutation } from '@apollo/client/react';
import { PasswordInput, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { explain } from '../apollo/errors.ts';
import { CompleteSetupDocument, SessionDocument } from '../gql/graphql.ts';
import { Button } from '../ui/Button.tsx';
import { Notice } from '../ui/Notice.tsx';

const LEAST_PASSWORD = 10;

const rules = {
  setupToken: (value: string) =>
    value.trim() ? null : 'Enter the set-up token. It stands in the file setup-token of the data folder.',
  name: (value: string) => (value.trim() ? null : 'Enter your name, as customers read it.'),
  email: (value: string) => (/^\S+@\S+$/.test(value.trim()) ? null : 'Enter one address, like dana@example.com.'),
  password: (value: string) => ([...value].length >= LEAST_PASSWORD ? null : `Use ${LEAST_PASSWORD} or more signs.`),
};

/** First step of the set-up: the token of this installation and the administrator's account. Signs in when it succeeds. */
export function AccountStep({ token, onDone }: { token: string; onDone: () => void }) {
  const client = useApolloClient();
  const [complete, { loading, error }] = useMutation(CompleteSetupDocument);
  const form = useForm({ initialValues: { setupToken: token, name: '', email: '', password: '' }, validate: rules });

  const onSubmit = form.onSubmit(async (values) => {
    try {
      const input = {
        ...values,
        setupToken: values.setupToken.trim(),
        email: values.email.trim(),
        name: values.name.trim(),
      };
      const { data } = await complete({ variables: { input } });
      if (!data) return;
      onDone();
      client.writeQuery({
        query: SessionDocument,
        data: { __typename: 'Query', viewer: data.completeSetup, setup: { __typename: 'SetupState', required: false } },
      });
    } catch (failure) {
      for (const { path, message } of explain(failure).fields) form.setFieldError(path, message);
    }
  });

  return (
    <form onSubmit={onSubmit} noValidate>
      <p className="second">This account can change every setting and add assistants. Nothing leaves this server.</p>
      {error && explain(error).fields.length === 0 && <Notice tone="bad">{explain(error).message}</Notice>}
      {!token && (
        <TextInput
          label="Set-up token"
          description="Printed when the server starts, and kept in the file setup-token of its data folder."
          autoComplete="off"
          {...form.getInputProps('setupToken')}
        />
      )}
      {token && form.errors.setupToken && <Notice tone="bad">{form.errors.setupToken}</Notice>}
      <TextInput label="Your name" autoComplete="name" {...form.getInputProps('name')} />
      <TextInput label="Your email" type="email" autoComplete="username" {...form.getInputProps('email')} />
      <PasswordInput
        label="Password"
        description={`${LEAST_PASSWORD} signs or more; a few unusual words are best.`}
        autoComplete="new-password"
        visibilityToggleButtonProps={{ 'aria-label': 'Show or hide the password' }}
        {...form.getInputProps('password')}
      />
      <Button look="primary" size="big" type="submit" isBusy={loading}>
        Create the account
      </Button>
    </form>
  );
}
