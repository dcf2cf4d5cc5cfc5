import { useEffect, useState } from 'react';
import { Notice, SkeletonLines } from '../ui/Notice.tsx';
import { readStart, type Start } from './read-start.ts';

/** The source is shown up to this size; the whole is always there to download. */
const MOST_RAW = 1_000_000;

/** The beginning of a text file of this server as it is read; undefined while it is under way. */
export function useStart(url: string, mostBytes: number): Start | 'failed' | undefined {
  const [start, setStart] = useState<Start | 'failed'>();
  useEffect(() => {
    const abort = new AbortController();
    setStart(undefined);
    readStart(url, mostBytes, abort.signal).then(setStart, () => {
      if (!abort.signal.aborted) setStart('failed');
    });
    return () => abort.abort();
  }, [url, mostBytes]);
  return start;
}

/** A letter exactly as it came, as text. */
export function RawSource({ url }: { url: string }) {
  const start = useStart(url, MOST_RAW);
  if (start === undefined) return <SkeletonLines count={8} />;
  if (start === 'failed') return <Notice tone="bad">The source could not be read. Download it instead.</Notice>;
  return (
    <>
      {start.isCut && <Notice>First 1 MB shown. Download all.</Notice>}
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard */}
      <pre className="raw-source" tabIndex={0}>
        {start.text}
      </pre>
    </>
  );
}
