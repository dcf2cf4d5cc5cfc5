/** How much of one letter is looked at. Over a limit the view is cut or a part stays opaque, with a fault; nothing is lost. */
export interface MailLimits {
  /** Bytes of the whole letter; a larger one is read by its headers alone. */
  messageBytes: number;
  /** Bytes of the header block of the letter or of one part; the rest of the block is not read. */
  headerBlockBytes: number;
  /** Bytes of one header; the rest of it is cut. */
  headerBytes: number;
  /** Headers of the letter or of one part. */
  headers: number;
  /** Bytes of one line of a text part in the view. */
  lineBytes: number;
  /** Depth of multiparts; the letter itself is depth 0. */
  depth: number;
  /** Parts of all kinds, the letter itself not counted. */
  parts: number;
  /** Depth of letters within letters. */
  messageDepth: number;
  /** Bytes of a boundary; a longer one is treated as text. */
  boundaryBytes: number;
  attachments: number;
  /** Addresses read from all address headers together. */
  addresses: number;
  /** UTF-16 units of readable text. */
  textChars: number;
  /** UTF-16 units of HTML. */
  htmlChars: number;
}

const KIB = 1024;
const MIB = 1024 * KIB;

/** The limits that hold when the caller names none. */
export const defaultMailLimits: Readonly<MailLimits> = Object.freeze({
  messageBytes: 25 * MIB,
  headerBlockBytes: 256 * KIB,
  headerBytes: 64 * KIB,
  headers: 1000,
  lineBytes: MIB,
  depth: 20,
  parts: 500,
  messageDepth: 5,
  boundaryBytes: 200,
  attachments: 100,
  addresses: 500,
  textChars: 2 * MIB,
  htmlChars: 2 * MIB,
});
