import { useQuery } from '@apollo/client/react';
import { Drawer } from '@mantine/core';
import { IconDownload } from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import { MessageHeadersDocument } from '../gql/graphql.ts';
import { Button } from '../ui/Button.tsx';
import { Notice, SkeletonLines } from '../ui/Notice.tsx';

/** The source is shown up to this size; the whole is always there to download. */
const MOST_RAW = 1_000_000;

type Raw = { state: 'loading' } | { state: 'failed' } | { state: 'here'; text: string; isCut: boolean };

function useRawSource(url: string | null): Raw | undefined {
  const [raw, setRaw] = useState<Raw>();
  useEffect(() => {
    if (!url?.startsWith('/raw/')) return;
    const abort = new AbortController();
    setRaw({ state: 'loading' });
    fetch(url, { signal: abort.signal, credentials: 'same-origin', headers: { range: `bytes=0-${MOST_RAW - 1}` } })
      .then(async (answer) => {
        if (!answer.ok) throw new Error(String(answer.status));
        const text = await answer.text();
        setRaw({
          state: 'here',
          text: text.slice(0, MOST_RAW),
          isCut: answer.status === 206 || text.length > MOST_RAW,
        });
      })
      .catch(() => {
        if (!abort.signal.aborted) setRaw({ state: 'failed' });
      });
    return () => abort.abort();
  }, [url]);
  return raw;
}

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
  const raw = useRawSource(isRaw ? (message?.rawUrl ?? null) : null);
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
        {isRaw && raw?.state === 'loading' && <SkeletonLines count={8} />}
        {isRaw && raw?.state === 'failed' && (
          <Notice tone="bad">The source could not be read. Download it instead.</Notice>
        )}
        {isRaw && raw?.state === 'here' && (
          <>
            {raw.isCut && <Notice>First 1 MB shown. Download all.</Notice>}
            <pre className="raw-source">{raw.text}</pre>
          </>
        )}
      </div>
    </Drawer>
  );
}
