/**
 * Decodes opened or signed words: by the charset named (the armor's Charset header, or the part's), else UTF-8, else
 * windows-1252, which leaves no byte without a sign.
 */
export function decodeText(bytes: Uint8Array, charset: string | null): string {
  return (charset ? decode(bytes, charset) : null) ?? decode(bytes, 'utf-8') ?? decode(bytes, 'windows-1252') ?? '';
}

function decode(bytes: Uint8Array, label: string): string | null {
  try {
    return new TextDecoder(label, { fatal: true }).decode(bytes);
  } catch {
    return null;
  }
}
