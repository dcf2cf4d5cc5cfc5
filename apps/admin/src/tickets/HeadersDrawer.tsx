import { useQuery } from '@apollo/client/react';
import { Drawer } from '@mantine/core';
import { IconDownload } from '@tabler/icons-react';
import { useState } from 'react';
import { MessageHeadersDocument } from '../gql/graphql.ts';
import { Button } from '../ui/Button.tsx';
import { Notice, SkeletonLines } from '../ui/Notice.tsx';
import { RawSource } from './RawSource.tsx';

interface HeadersDrawerProps {
  ticketId: string;
  messageId: string;
  onClose: () => void;
}

/** The evidence: every header of a letter, and the letter exactly as it came. */
export function HeadersDrawer({ ticketId, messageId, onClose }: HeadersDrawerProps) {
  const { data, error } = useQuery(MessageHeadersDocument, { variables: { ticketId } });
  const message = data?.ticket?.messages.nodes.find(({ id }) => id === messageId);
  const [isRaw, setRaw] = useState(false);
  return (
    <Drawer
      opened
      onClose={onClose}
      position="right"
      size={640}
      title="Headers and source"
      closeButtonProps={{ 'aria-label': 'Close' }}
    >
      <div className="form-stack">
        {error && <Notice tone="bad">The headers could not be read. Close this and try again.</Notice>}
        {!data && !error && <SkeletonLines count={8} />}
        {data && !message && <Notice>The headers of this message are not here.</Notice>}
        {message?.rawUrl && (
          <div className="form-actions">
            <Button aria-pressed={isRaw} onClick={() => setRaw(!isRaw)}>
              {isRaw ? 'Headers' : 'Raw source'}
            </Button>
            <a className="button" href={message.rawUrl} download={`message-${message.id}.eml`}>
              <IconDownload size={16} aria-hidden="true" /> Download .eml
            </a>
          </div>
        )}
        {message && !isRaw && (
          <div className="data-table-frame">
            <table className="data-table headers-table">
              <thead>
                <tr>
                  <th scope="col">Header</th>
                  <th scope="col">Value</th>
                </tr>
              </thead>
              <tbody>
                {message.headers.map(({ name, value }, index) => (
                  <tr key={`${name}-${index.toString()}`}>
                    <td>{name}</td>
                    <td className="mono">{value}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
        )}
        {isRaw && message?.rawUrl && <RawSource url={message.rawUrl} />}
      </div>
    </Drawer>
  );
}
