import { useMutation, useQuery } from '@apollo/client/react';
import { IconUserPlus } from '@tabler/icons-react';
import { useState } from 'react';
import { explain } from '../apollo/errors.ts';
import { type AgentFieldsFragment, AssistantsDocument, UpdateAgentDocument } from '../gql/graphql.ts';
import { useViewer } from '../session/use-session.ts';
import { Avatar } from '../ui/Avatar.tsx';
import { Button } from '../ui/Button.tsx';
import { formatAgo } from '../ui/format.ts';
import { Notice, SkeletonLines } from '../ui/Notice.tsx';
import { sayDone, sayFailed } from '../ui/undo.tsx';
import { useNow } from '../ui/use-now.ts';
import { AgentDialog } from './AgentDialog.tsx';
import './accounts.css';

function AgentRow({ agent, onEdit }: { agent: AgentFieldsFragment; onEdit: () => void }) {
  const now = useNow();
  const viewer = useViewer();
  const [update, { loading }] = useMutation(UpdateAgentDocument);
  const setDisabled = async (disabled: boolean) => {
    try {
      await update({ variables: { input: { agentId: agent.id, disabled } } });
      const undo = () => void update({ variables: { input: { agentId: agent.id, disabled: !disabled } } });
      sayDone(disabled ? `${agent.name} cannot sign in any more.` : `${agent.name} can sign in again.`, undo);
    } catch (error) {
      sayFailed(explain(error).message);
    }
  };
  return (
    <tr className={agent.disabled ? 'is-off' : ''}>
      <td>
        <span className="person">
          <Avatar name={agent.name} size={30} />
          <span>
            <strong>{agent.name}</strong>
            <span className="second">{agent.email}</span>
          </span>
        </span>
      </td>
      <td>{agent.role === 'ADMIN' ? 'Administrator' : 'Assistant'}</td>
      <td>{agent.lastSeenAt ? formatAgo(agent.lastSeenAt, now) : 'Never'}</td>
      <td>
        <span className={`badge ${agent.disabled ? '' : 'badge--good'}`}>{agent.disabled ? 'Disabled' : 'Active'}</span>
      </td>
      <td>
        <span className="row-actions">
          <Button size="small" onClick={onEdit} aria-label={`Edit ${agent.name}`}>
            Edit
          </Button>
          {agent.id !== viewer.id && (
            <Button
              size="small"
              isBusy={loading}
              onClick={() => void setDisabled(!agent.disabled)}
              aria-label={`${agent.disabled ? 'Enable' : 'Disable'} ${agent.name}`}
            >
              {agent.disabled ? 'Enable' : 'Disable'}
            </Button>
          )}
        </span>
      </td>
    </tr>
  );
}

/** Who may sign in: administrators and assistants. */
export function AssistantsPage() {
  const { data, error, refetch } = useQuery(AssistantsDocument, { fetchPolicy: 'cache-and-network' });
  const [edited, setEdited] = useState<AgentFieldsFragment | 'new' | null>(null);
  return (
    <div className="page">
      <div className="page__inner">
        <div className="page__head">
          <h1>Assistants</h1>
          <span className="spacer" />
          <Button
            look="primary"
            size="big"
            icon={<IconUserPlus size={17} aria-hidden="true" />}
            onClick={() => setEdited('new')}
          >
            New assistant
          </Button>
        </div>
        {error && (
          <Notice tone="bad" action={<Button onClick={() => void refetch()}>Try again</Button>}>
            {explain(error).message}
          </Notice>
        )}
        {!data && !error && <SkeletonLines count={6} />}
        {data && (
          <section className="data-table-frame" aria-label="Table of assistants">
            <table className="data-table">
              <thead>
                <tr>
                  <th scope="col">Name</th>
                  <th scope="col">Role</th>
                  <th scope="col">Last seen</th>
                  <th scope="col">State</th>
                  <th scope="col">
                    <span className="visually-hidden">Actions</span>
                  </th>
                </tr>
              </thead>
              <tbody>
                {data.agents.map((agent) => (
                  <AgentRow key={agent.id} agent={agent} onEdit={() => setEdited(agent)} />
                ))}
              </tbody>
            </table>
          </section>
        )}
        {edited && (
          <AgentDialog
            agent={edited === 'new' ? null : edited}
            onClose={() => setEdited(null)}
            onSaved={() => void refetch()}
          />
        )}
      </div>
    </div>
  );
}
