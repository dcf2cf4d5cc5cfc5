import { useQuery } from '@apollo/client/react';
import { Link } from '@tanstack/react-router';
import { explain } from '../apollo/errors.ts';
import { MySenderDocument } from '../gql/graphql.ts';
import { useViewer } from '../session/use-session.ts';
import { Avatar } from '../ui/Avatar.tsx';
import { Button } from '../ui/Button.tsx';
import { Notice, SkeletonLines } from '../ui/Notice.tsx';
import { SenderForm } from './SenderForm.tsx';
import '../ui/mantine-forms.css';
import './profile.css';

/** What an agent sets for themselves: how their mails are signed. */
export function ProfilePage() {
  const viewer = useViewer();
  const { data, error, refetch } = useQuery(MySenderDocument, {
    fetchPolicy: 'network-only',
    nextFetchPolicy: 'cache-first',
  });
  return (
    <div className="page">
      <div className="page__inner">
        <div className="page__head">
          <h1>Profile</h1>
        </div>
        <div className="profile-person">
          <Avatar name={viewer.name} size={40} tone="self" />
          <span>
            <strong>{viewer.name}</strong>
            <span className="second">
              {viewer.email} · {viewer.role === 'ADMIN' ? 'Administrator' : 'Assistant'}
            </span>
          </span>
        </div>
        <p className="profile-more">
          Words that you write again and again are kept as <Link to="/saved-replies">saved replies</Link>.
        </p>
        {error && (
          <Notice tone="bad" action={<Button onClick={() => void refetch()}>Try again</Button>}>
            {explain(error).message}
          </Notice>
        )}
        {!data && !error && <SkeletonLines count={6} />}
        {data && <SenderForm stored={data.mySender} />}
      </div>
    </div>
  );
}
