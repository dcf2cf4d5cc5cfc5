/** The beginning of a file, read as text. */
export interface Start {
  readonly text: string;
  readonly isCut: boolean;
}

/** Reads at most `mostBytes` of a download of this server as text: UTF-8, or Latin letters where it is none. @throws when it is not there */
export async function readStart(url: string, mostBytes: number, signal: AbortSignal): Promise<Start> {
  if (!/^\/(?:raw|a)\/[\w-]+$/.test(url)) throw new Error('not a download of this server');
  const headers = { range: `bytes=0-${mostBytes - 1}` };
  const answer = await fetch(url, { signal, credentials: 'same-origin', headers });
  if (answer.status === 416) return { text: '', isCut: false };
  if (!answer.ok) throw new Error(String(answer.status));
  const bytes = new Uint8Array(await answer.arrayBuffer());
  const whole = Number(/\/(\d+)$/.exec(answer.headers.get('content-range') ?? '')?.[1] ?? bytes.length);
  return { text: decode(bytes.subarray(0, mostBytes)), isCut: whole > mostBytes };
}

function decode(bytes: Uint8Array): string {
  try {
    // As a stream, so that a sign cut in two at the end is no error.
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes, { stream: true });
  } catch {
    return new TextDecoder('windows-1252').decode(bytes);
  }
}
