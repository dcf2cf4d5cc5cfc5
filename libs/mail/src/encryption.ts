import type { FaultList } from './faults.ts';
import type { MailEncryption } from './mail.ts';
import type { PartNode } from './mime-tree.ts';

const SMIME_TYPES = new Set(['application/pkcs7-mime', 'application/x-pkcs7-mime']);
const SIGNATURE_TYPES = new Set([
  'application/pgp-signature',
  'application/pkcs7-signature',
  'application/x-pkcs7-signature',
]);
const INLINE_PGP = /^[ \t>]{0,20}-----BEGIN PGP (SIGNED )?MESSAGE-----/m;

/** The place that a part has in a signed or encrypted letter; null: none (RFC 3156, RFC 8551). */
export function securityKind(part: PartNode): 'SIGNATURE' | 'ENCRYPTED' | 'KEY' | null {
  if (SIGNATURE_TYPES.has(part.mimeType)) return 'SIGNATURE';
  if (part.mimeType === 'application/pgp-keys') return 'KEY';
  if (part.mimeType === 'application/pgp-encrypted' || SMIME_TYPES.has(part.mimeType)) return 'ENCRYPTED';
  const siblings = part.parent?.children ?? [];
  const besideControl = siblings.some((sibling) => sibling.mimeType === 'application/pgp-encrypted');
  const isPayload = part.parent?.mimeType === 'multipart/encrypted' || besideControl;
  return isPayload && part.mimeType === 'application/octet-stream' ? 'ENCRYPTED' : null;
}

/** How the letter is encrypted or signed, told from its form alone. Letters inside the letter do not count. */
export function readEncryption(tree: PartNode, text: string, faults: FaultList): MailEncryption | null {
  const found = findSecured(tree, []);
  if (found?.kind === 'SMIME') faults.add('SMIME_NOT_SUPPORTED');
  if (found !== null) return found;
  const inline = INLINE_PGP.exec(text);
  if (inline === null) return null;
  const signed = inline[1] !== undefined;
  return { kind: 'PGP_INLINE', encrypted: !signed, signed, path: pathOfText(tree, []) ?? [] };
}

function findSecured(part: PartNode, path: number[]): MailEncryption | null {
  if (part.mimeType.startsWith('message/')) return null;
  const own = securedForm(part);
  if (own !== null) return { ...own, path };
  for (const [i, child] of part.children.entries()) {
    const found = findSecured(child, [...path, i]);
    if (found !== null) return found;
  }
  return null;
}

/** A gateway may turn multipart/encrypted into multipart/mixed; its control part still tells. */
function securedForm(part: PartNode): Omit<MailEncryption, 'path'> | null {
  const param = (name: string) => part.contentType.params.get(name)?.value.toLowerCase() ?? '';
  if (part.mimeType === 'multipart/signed') {
    const isSmime = param('protocol').includes('pkcs7') || part.children.some((child) => /pkcs7/.test(child.mimeType));
    return { kind: isSmime ? 'SMIME' : 'PGP_MIME', encrypted: false, signed: true };
  }
  const hasControl = part.children.some((child) => child.mimeType === 'application/pgp-encrypted');
  if (part.mimeType === 'multipart/encrypted' || hasControl)
    return { kind: 'PGP_MIME', encrypted: true, signed: false };
  const fileName = part.disposition.params.get('filename') ?? part.contentType.params.get('name');
  const isP7m = part.mimeType === 'application/octet-stream' && fileName?.value.toLowerCase() === 'smime.p7m';
  if (!SMIME_TYPES.has(part.mimeType) && !isP7m) return null;
  const signed = param('smime-type') === 'signed-data';
  return { kind: 'SMIME', encrypted: !signed, signed };
}

function pathOfText(part: PartNode, path: number[]): number[] | null {
  if (part.mimeType === 'text/plain' && part.children.length === 0) return path;
  if (part.mimeType.startsWith('message/')) return null;
  for (const [i, child] of part.children.entries()) {
    const found = pathOfText(child, [...path, i]);
    if (found !== null) return found;
  }
  return null;
}
