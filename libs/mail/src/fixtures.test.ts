import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { Mail, MailAddress, MailPart } from './mail.ts';
import { parseMail } from './parse.ts';

const FOLDER = join(import.meta.dirname, '../fixtures');
const names = readdirSync(FOLDER)
  .filter((file) => file.endsWith('.eml'))
  .map((file) => file.slice(0, -4));

/** A letter in the spelling of the expectations: short forms, and nothing that is empty. */
function inShort(mail: Mail): Record<string, unknown> {
  const { headers: _headers, sizeBytes: _size, ...rest } = mail;
  const short = {
    ...rest,
    from: mail.from === null ? 'unknown sender' : spelled(mail.from),
    fromSource: mail.fromSource === 'From' ? null : mail.fromSource,
    replyTo: mail.replyTo.map(spelled),
    to: mail.to.map(spelled),
    cc: mail.cc.map(spelled),
    date: mail.date?.toISOString() ?? null,
    structure: treeOf(mail.structure),
    attachments: mail.attachments.map(({ content, sha256: _hash, ...attachment }) => ({
      ...withoutEmpty(attachment),
      content: content.length <= 300 ? content.toString('latin1') : `${content.length} bytes`,
    })),
    reports: mail.reports.map((report) => withoutEmpty({ ...report })),
    faults: mail.faults.map(({ code }) => code),
  };
  return withoutEmpty(short);
}

function withoutEmpty(fields: Record<string, unknown>): Record<string, unknown> {
  const isEmpty = (value: unknown) => value === null || value === false || (Array.isArray(value) && value.length === 0);
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => !isEmpty(value)));
}

function spelled({ name, address }: MailAddress): string {
  return name === null ? address : `${name} <${address}>`;
}

function treeOf({ mimeType, children }: MailPart): string {
  return children.length === 0 ? mimeType : `${mimeType}(${children.map(treeOf).join(', ')})`;
}

describe('each letter of the collection is read as written beside it', () => {
  test('the collection is there', () => expect(names.length).toBeGreaterThan(60));

  test.each(names)('%s', async (name) => {
    const found = inShort(await parseMail(readFileSync(join(FOLDER, `${name}.eml`))));
    const path = join(FOLDER, `${name}.expected.json`);
    if (process.env.WRITE_EXPECTED === name) writeFileSync(path, `${JSON.stringify(found, null, 2)}\n`);
    expect(found).toEqual(JSON.parse(readFileSync(path, 'utf8')));
  });
});
