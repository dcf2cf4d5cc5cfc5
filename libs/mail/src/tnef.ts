import { decodeText } from './charset.ts';

const SIGNATURE = 0x223e9f78;
const MAX_FILES = 100;
const MAX_PROPERTIES = 10_000;
const ATTRIBUTE = {
  oemCodepage: 0x9007,
  body: 0x800c,
  mapi: 0x9003,
  beginAttachment: 0x9002,
  title: 0x8010,
  data: 0x800f,
  attachmentMapi: 0x9005,
};
const PROPERTY = {
  body: 0x1000,
  html: 0x1013,
  longName: 0x3707,
  shortName: 0x3704,
  displayName: 0x3001,
  mimeTag: 0x370e,
  contentId: 0x3712,
  data: 0x3701,
};

/** One file out of a TNEF stream. */
export interface TnefFile {
  name: string | null;
  mimeType: string | null;
  contentId: string | null;
  content: Buffer;
}

/** What a TNEF stream holds (MS-OXTNEF). Rich text that is only compressed RTF stays in the original. */
export interface Tnef {
  text: string | null;
  html: string | null;
  files: TnefFile[];
  /** True when the stream ended early or its lengths make no sense; what came before is kept. */
  broken: boolean;
}

/** Unpacks the attachment "winmail.dat"; null when the bytes are no TNEF stream. Shares its contents with `bytes`. */
export function unpackTnef(bytes: Buffer): Tnef | null {
  if (bytes.length < 6 || bytes.readUInt32LE(0) !== SIGNATURE) return null;
  const tnef: Tnef = { text: null, html: null, files: [], broken: false };
  let codepage: string | null = null;
  let at = 6;
  while (at + 9 <= bytes.length) {
    const id = bytes.readUInt16LE(at + 1);
    const length = bytes.readUInt32LE(at + 5);
    const from = at + 9;
    if (from + length + 2 > bytes.length) {
      tnef.broken = true;
      return tnef;
    }
    const data = bytes.subarray(from, from + length);
    if (id === ATTRIBUTE.oemCodepage && length >= 4) codepage = `windows-${data.readUInt32LE(0)}`;
    keepAttribute(tnef, id, data, codepage);
    at = from + length + 2;
  }
  if (at !== bytes.length) tnef.broken = true;
  return tnef;
}

function keepAttribute(tnef: Tnef, id: number, data: Buffer, codepage: string | null): void {
  if (id === ATTRIBUTE.beginAttachment) {
    if (tnef.files.length < MAX_FILES)
      tnef.files.push({ name: null, mimeType: null, contentId: null, content: Buffer.alloc(0) });
    else tnef.broken = true;
    return;
  }
  if (id === ATTRIBUTE.body) tnef.text = textOf(data, codepage);
  if (id === ATTRIBUTE.mapi && !readProperties(data, (tag, type, value) => keepBody(tnef, tag, type, value, codepage)))
    tnef.broken = true;
  const file = tnef.files.at(-1);
  if (file === undefined) return;
  if (id === ATTRIBUTE.title) file.name ??= textOf(data, codepage);
  if (id === ATTRIBUTE.data) file.content = data;
  if (
    id === ATTRIBUTE.attachmentMapi &&
    !readProperties(data, (tag, type, value) => keepFileProperty(file, tag, type, value, codepage))
  )
    tnef.broken = true;
}

function keepBody(tnef: Tnef, tag: number, type: number, value: Buffer, codepage: string | null): void {
  if (tag === PROPERTY.body) tnef.text ??= stringOf(value, type, codepage);
  if (tag === PROPERTY.html) tnef.html = stringOf(value, type, codepage);
}

function keepFileProperty(file: TnefFile, tag: number, type: number, value: Buffer, codepage: string | null): void {
  if (tag === PROPERTY.longName) file.name = stringOf(value, type, codepage);
  if (tag === PROPERTY.shortName || tag === PROPERTY.displayName) file.name ??= stringOf(value, type, codepage);
  if (tag === PROPERTY.mimeTag) file.mimeType = stringOf(value, type, codepage).toLowerCase();
  if (tag === PROPERTY.contentId) file.contentId = stringOf(value, type, codepage);
  if (tag === PROPERTY.data && type === TYPE.binary && file.content.length === 0) file.content = value;
}

const TYPE = { string8: 0x1e, unicode: 0x1f, object: 0x0d, binary: 0x102 };
const FIXED_SIZE: Record<number, number> = { 2: 4, 3: 4, 4: 4, 10: 4, 11: 4, 5: 8, 6: 8, 7: 8, 20: 8, 64: 8, 72: 16 };

/** Reads a list of MAPI properties (MS-OXTNEF, section 2.1.3.4); false when it makes no sense before its end. */
function readProperties(data: Buffer, keep: (tag: number, type: number, value: Buffer) => void): boolean {
  if (data.length < 4) return false;
  const count = data.readUInt32LE(0);
  if (count > MAX_PROPERTIES) return false;
  let at = 4;
  const sized = (): Buffer | null => {
    if (at + 4 > data.length) return null;
    const length = data.readUInt32LE(at);
    const from = at + 4;
    at = from + Math.ceil(length / 4) * 4;
    return from + length <= data.length ? data.subarray(from, from + length) : null;
  };
  for (let i = 0; i < count; i += 1) {
    if (at + 4 > data.length) return false;
    const type = data.readUInt16LE(at);
    const tag = data.readUInt16LE(at + 2);
    at += 4;
    if (tag >= 0x8000) {
      if (at + 20 > data.length) return false;
      const isNumber = data.readUInt32LE(at + 16) === 0;
      at += isNumber ? 24 : 20;
      if (!isNumber && sized() === null) return false;
    }
    const size = FIXED_SIZE[type & 0xfff];
    const isMany = (type & 0x1000) !== 0;
    const isSized = size === undefined;
    const values = isMany || isSized ? countAt(data, at) : 1;
    if (isMany || isSized) at += 4;
    if (values > MAX_PROPERTIES) return false;
    for (let n = 0; n < values; n += 1) {
      const value = isSized ? sized() : data.subarray(at, at + size);
      if (value === null) return false;
      if (!isSized) at += size;
      if (!isMany) keep(tag, type, value);
    }
  }
  return true;
}

function countAt(data: Buffer, at: number): number {
  return at + 4 <= data.length ? data.readUInt32LE(at) : MAX_PROPERTIES + 1;
}

function stringOf(value: Buffer, type: number, codepage: string | null): string {
  return type === TYPE.unicode ? (value.toString('utf16le').split('\0', 1)[0] ?? '') : textOf(value, codepage);
}

/** Strings of one byte per sign end at their first NUL. */
function textOf(value: Buffer, codepage: string | null): string {
  const end = value.indexOf(0);
  return decodeText(end === -1 ? value : value.subarray(0, end), codepage).text;
}
