import { useMutation, useQuery } from '@apollo/client/react';
import { Select, Textarea } from '@mantine/core';
import { IconFileUpload, IconFlask } from '@tabler/icons-react';
import { type DragEvent, useRef, useState } from 'react';
import { explain } from '../apollo/errors.ts';
import {
  DryRunMailDocument,
  type DryRunMailInput,
  LettersToTryDocument,
  type SupportSettingsInput,
} from '../gql/graphql.ts';
import { Button } from '../ui/Button.tsx';
import { formatBytes, formatExact } from '../ui/format.ts';
import { Notice, SkeletonLines } from '../ui/Notice.tsx';
import { TryResult } from './TryResult.tsx';

const MOST_BYTES = 1024 * 1024;

interface File64 {
  name: string;
  sizeBytes: number;
  base64: string;
}

async function readFile(file: File): Promise<File64> {
  const bytes = new Uint8Array(await file.arrayBuffer());
  let binary = '';
  for (let at = 0; at < bytes.length; at += 8192) binary += String.fromCharCode(...bytes.subarray(at, at + 8192));
  return { name: file.name, sizeBytes: file.size, base64: btoa(binary) };
}

/** A letter pasted, dropped, chosen as a file or taken from the ledger, and what would become of it. Nothing is done. */
export function TryLetter({ settings }: { settings?: SupportSettingsInput | undefined }) {
  const [source, setSource] = useState('');
  const [file, setFile] = useState<File64 | null>(null);
  const [inboundMailId, setInboundMailId] = useState<string | null>(null);
  const [trouble, setTrouble] = useState<string | null>(null);
  const chooser = useRef<HTMLInputElement>(null);
  const ledger = useQuery(LettersToTryDocument, { variables: { from: null }, fetchPolicy: 'cache-and-network' });
  const [tryIt, { data, loading, error, reset }] = useMutation(DryRunMailDocument, { fetchPolicy: 'no-cache' });

  const letter: DryRunMailInput | null = inboundMailId
    ? { inboundMailId }
    : file
      ? { sourceBase64: file.base64 }
      : source.trim()
        ? { source }
        : null;
  const choose = (next: { source?: string; file?: File64 | null; inboundMailId?: string | null }) => {
    setSource(next.source ?? '');
    setFile(next.file ?? null);
    setInboundMailId(next.inboundMailId ?? null);
    setTrouble(null);
    reset();
  };
  const take = async (chosen: File | undefined) => {
    if (!chosen) return;
    if (chosen.size > MOST_BYTES)
      setTrouble('A letter to try has at most 1 MiB. Take it from the ledger, or leave its attachments out.');
    else choose({ file: await readFile(chosen) });
  };
  const onDrop = (event: DragEvent) => {
    event.preventDefault();
    void take(event.dataTransfer.files[0]);
  };
  const run = () => {
    if (letter)
      void tryIt({ variables: { input: { ...letter, ...(settings ? { settings } : {}) } } }).catch(() => undefined);
  };
  const letters = ledger.data?.inboundMails.nodes ?? [];
  return (
    <div className="form-stack">
      <fieldset className="try-drop" onDragOver={(event) => event.preventDefault()} onDrop={onDrop}>
        <legend className="visually-hidden">The letter</legend>
        <Textarea
          label="Letter"
          description="Paste its source here, headers first, or drop an .eml file."
          placeholder={'From: Anna <anna@acme.com>\nSubject: Re: Printer on fire\n\nIt still burns.'}
          rows={8}
          maxLength={MOST_BYTES}
          classNames={{ input: 'try-source' }}
          value={source}
          onChange={(event) => choose({ source: event.currentTarget.value })}
        />
        <div className="form-actions">
          <Button icon={<IconFileUpload size={16} aria-hidden="true" />} onClick={() => chooser.current?.click()}>
            Choose a file
          </Button>
          <input
            ref={chooser}
            type="file"
            accept=".eml,message/rfc822"
            aria-label="File"
            className="visually-hidden"
            tabIndex={-1}
            onChange={(event) => {
              void take(event.currentTarget.files?.[0]);
              event.currentTarget.value = '';
            }}
          />
          {file && (
            <span className="second">
              {file.name} · {formatBytes(file.sizeBytes)}
            </span>
          )}
        </div>
        <Select
          label="Or a letter that came before"
          description="The newest 50 of the ledger. It is judged as if it came now for the first time."
          placeholder={letters.length === 0 ? 'No letter has come yet' : 'Choose one'}
          searchable
          clearable
          data={letters.map(({ id, from, subject, receivedAt }) => ({
            value: id,
            label: `${subject || 'No subject'} — ${from ?? 'unknown sender'}, ${formatExact(receivedAt)}`,
          }))}
          value={inboundMailId}
          onChange={(id) => choose({ inboundMailId: id })}
        />
      </fieldset>
      <div className="form-actions">
        <Button
          look="primary"
          icon={<IconFlask size={16} aria-hidden="true" />}
          isBusy={loading}
          disabled={!letter}
          onClick={run}
        >
          {settings ? 'Try with these settings' : 'Try this letter'}
        </Button>
        <span className="second">Nothing is written, sent or kept.</span>
      </div>
      <div aria-live="polite">
        {trouble && <Notice tone="warn">{trouble}</Notice>}
        {error && <Notice tone="bad">{explain(error).message}</Notice>}
        {loading && <SkeletonLines count={4} />}
        {data && !loading && <TryResult result={data.dryRunMail} />}
      </div>
    </div>
  );
}
