import { useQuery } from '@apollo/client/react';
import { Menu } from '@mantine/core';
import type { ReactNode } from 'react';
import { AgentsDocument } from '../gql/graphql.ts';
import { useViewer } from '../session/use-session.ts';
import { Avatar, NobodyMark } from '../ui/Avatar.tsx';

interface AssignMenuProps {
  children: ReactNode;
  isOpen: boolean;
  onOpenChange: (isOpen: boolean) => void;
  onChoose: (agent: { id: string; name: string } | null) => void;
}

/** Whom a ticket can be given to: me first, then the others, then nobody. */
export function AssignMenu({ children, isOpen, onOpenChange, onChoose }: AssignMenuProps) {
  const viewer = useViewer();
  const { data } = useQuery(AgentsDocument, { skip: !isOpen });
  const others = (data?.agents ?? []).filter((agent) => !agent.disabled && agent.id !== viewer.id);
  return (
    <Menu opened={isOpen} onChange={onOpenChange} position="bottom-start" width={240}>
      <Menu.Target>{children}</Menu.Target>
      <Menu.Dropdown className="menu-scroll">
        <Menu.Item
          leftSection={<Avatar name={viewer.name} size={20} tone="self" />}
          onClick={() => onChoose({ id: viewer.id, name: viewer.name })}
        >
          Me ({viewer.name})
        </Menu.Item>
        {others.map((agent) => (
          <Menu.Item
            key={agent.id}
            leftSection={<Avatar name={agent.name} size={20} />}
            onClick={() => onChoose({ id: agent.id, name: agent.name })}
          >
            {agent.name}
          </Menu.Item>
        ))}
        <Menu.Divider />
        <Menu.Item leftSection={<NobodyMark size={20} />} onClick={() => onChoose(null)}>
          Nobody
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
