import { useQuery } from '@apollo/client/react';
import { explain } from '../apollo/errors.ts';
import { SettingsPageDocument } from '../gql/graphql.ts';
import { Button } from '../ui/Button.tsx';
import { Notice, SkeletonLines } from '../ui/Notice.tsx';
import { SettingsEditor } from './SettingsEditor.tsx';
import '../ui/mantine-forms.css';
import './settings.css';

/** Everything that an administrator can set, on one page. */
export function SettingsPage() {
  const { data, error, refetch } = useQuery(SettingsPageDocument, {
    fetchPolicy: 'network-only',
    nextFetchPolicy: 'cache-first',
  });
  if (data) return <SettingsEditor stored={data.supportSettings} bases={data.knowledgeBases ?? []} />;
  return (
    <div className="page">
      <div className="page__inner">
        <div className="page__head">
          <h1>Settings</h1>
        </div>
        {error ? (
          <Notice tone="bad" action={<Button onClick={() => void refetch()}>Try again</Button>}>
            {explain(error).message}
          </Notice>
        ) : (
          <SkeletonLines count={12} />
        )}
      </div>
    </div>
  );
}
