import type { UploadedFile } from './reply-draft.ts';

/** Why a file is not on the server. */
export class UploadError extends Error {
  /** It may work when tried again as it is. */
  readonly canRetry: boolean;
  constructor(message: string, canRetry: boolean) {
    super(message);
    this.canRetry = canRetry;
  }
}

interface SendUpOptions {
  /** 0 to 1. */
  onProgress: (share: number) => void;
  signal: AbortSignal;
}

/** Sends a file up as a stream; only XMLHttpRequest tells how far it is. @throws UploadError */
export function sendUp(file: File, { onProgress, signal }: SendUpOptions): Promise<UploadedFile> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open('POST', `/attachments?name=${encodeURIComponent(file.name)}`);
    request.setRequestHeader('content-type', 'application/octet-stream');
    request.setRequestHeader('x-file-type', file.type || 'application/octet-stream');
    request.setRequestHeader('apollo-require-preflight', 'true');
    request.upload.onprogress = ({ loaded, total }) => onProgress(total > 0 ? loaded / total : 0);
    request.onload = () => {
      try {
        resolve(readAnswer(request.status, request.responseText));
      } catch (error) {
        reject(error);
      }
    };
    request.onerror = () => reject(new UploadError('The connection broke off. It was not attached.', true));
    request.onabort = () => reject(new UploadError('It was called off.', true));
    signal.addEventListener('abort', () => request.abort());
    request.send(file);
  });
}

/** What the server kept. @throws UploadError with the server's sentence where it has one */
export function readAnswer(status: number, text: string): UploadedFile {
  const answer = parse(text);
  if (status === 201 && typeof answer?.id === 'string') {
    const { id, name, mimeType, sizeBytes } = answer as unknown as UploadedFile;
    return { id, name, mimeType, sizeBytes };
  }
  const said = (answer?.errors as { message?: unknown }[] | undefined)?.[0]?.message;
  const sentence =
    typeof said === 'string'
      ? said
      : status === 413
        ? 'The server does not take a file of this size.'
        : `The server answered with ${status}.`;
  throw new UploadError(sentence, status >= 500 || status === 429 || status === 0);
}

function parse(text: string): Record<string, unknown> | null {
  try {
    return JSON.parse(text) as Record<string, unknown>;
  } catch {
    return null;
  }
}
