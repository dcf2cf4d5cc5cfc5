export { detectBytes, type PgpFileKind } from './detect-bytes.ts';
export {
  detectInline,
  type InlineBlock,
  type InlineKind,
  type InlineScan,
  type InlineSection,
} from './detect-inline.ts';
export { detectMime, isPgpName, type MimePath, type MimePgp, type MimeShape } from './detect-mime.ts';
export { PgpError, type PgpErrorCode } from './errors.ts';
export type { KeyDescription } from './key-facts.ts';
export { type Keyring, type LockedKey, type StoredKey, type UnlockedKey, unlockKeys } from './keyring.ts';
export { type KeyOptions, type PrivateKeyInfo, readPrivateKey } from './keys.ts';
export { DEFAULT_LIMITS, type PgpLimits } from './limits.ts';
export { type OpenNote, type OpenOptions, type OpenResult, type OpenSuccess, openEncrypted } from './open.ts';
export type { OpenFailure, OpenFailureCode } from './open-failure.ts';
export { type ProtectedHeaders, readProtectedHeaders } from './protected-headers.ts';
export { describeKey, type PublicKeyInfo, readPublicKeys } from './public-keys.ts';
export { encryptFor } from './seal.ts';
export { type SignatureResult, type SignatureState, type SignatureSummary, summarise } from './signature-state.ts';
export { decodeText } from './text.ts';
export {
  type ClearSignedResult,
  type VerifyOptions,
  type VerifyResult,
  verifyClearSigned,
  verifyDetached,
} from './verify.ts';
export { publicKeyBytes, wkdHash, wkdPaths } from './wkd.ts';
