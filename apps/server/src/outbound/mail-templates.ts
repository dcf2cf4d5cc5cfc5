import { requireScope } from '../accounts/account.policy.ts';
import type { Context } from '../platform/context.ts';
import { transact } from '../platform/database.ts';
import { invalidInput } from '../platform/errors.ts';
import { MailTemplateRow, TemplateKind } from './mail-template.entity.ts';
import { countPlaceholder, renderHtml, renderText, unknownPlaceholders, type Values } from './render-template.ts';

/** A name that a template may use. */
export interface Placeholder {
  readonly name: string;
  readonly description: string;
}

/** A template as it holds now. */
export interface MailTemplate {
  readonly kind: TemplateKind;
  readonly text: string;
  readonly defaultText: string;
  readonly isDefault: boolean;
  readonly placeholders: readonly Placeholder[];
  readonly updatedAt: Date | null;
}

const MAX_TEMPLATE = 20_000;
const NUMBER = { name: 'number', description: "The ticket's number" };
const SUBJECT = { name: 'subject', description: "The ticket's subject; empty for an encrypted letter" };
const SUPPORT_EMAIL = { name: 'supportEmail', description: 'The Support Email' };
const REQUESTER = { name: 'requesterName', description: 'The name of the person who asks' };
/** What an agent's own name and signature may use. */
export const SENDER_PLACEHOLDERS: readonly Placeholder[] = [
  { name: 'agentName', description: 'The name of the agent' },
  SUPPORT_EMAIL,
];

/** What the words of a reply may use, those in its frame and those that were saved. */
export const REPLY_PLACEHOLDERS: readonly Placeholder[] = [...SENDER_PLACEHOLDERS, NUMBER, SUBJECT, REQUESTER];

/** What nobody wrote goes to whoever a letter names, so it repeats nothing of the letter but its subject. */
const PLACEHOLDERS: Readonly<Record<TemplateKind, readonly Placeholder[]>> = {
  CONFIRMATION: [NUMBER, SUBJECT, SUPPORT_EMAIL],
  CLOSE_NOTICE: [NUMBER, SUBJECT, SUPPORT_EMAIL],
  REPLY_FRAME: [
    { name: 'reply', description: 'The words of the reply' },
    { name: 'signature', description: "The agent's signature" },
    ...REPLY_PLACEHOLDERS,
  ],
};

/** What must stand in a template, or it would not do its work. */
const NEEDED: Readonly<Record<TemplateKind, string>> = {
  CONFIRMATION: 'number',
  CLOSE_NOTICE: 'number',
  REPLY_FRAME: 'reply',
};

const DEFAULTS: Readonly<Record<TemplateKind, string>> = {
  CONFIRMATION: [
    'Hello,',
    '',
    'thank you for your message. It has arrived and has the number #{{number}}.',
    'Subject: {{subject}}',
    '',
    'We will answer as soon as we can. If you want to add something, answer this mail and leave the subject as it is.',
    '',
    'This mail was written automatically.',
  ].join('\n'),
  CLOSE_NOTICE: [
    'Hello,',
    '',
    'your request #{{number}} is closed.',
    'Subject: {{subject}}',
    '',
    'If something is left open, answer this mail and it is opened again.',
    '',
    'This mail was written automatically.',
  ].join('\n'),
  REPLY_FRAME: '{{reply}}\n\n{{signature}}',
};

/** What stands for the placeholders in a preview. */
export const TEMPLATE_SAMPLES: Values = new Map([
  ['number', '1042'],
  ['subject', 'Printer on fire'],
  ['supportEmail', 'support@example.com'],
  ['requesterName', 'Anna Weber'],
  ['agentName', 'Dana'],
  ['reply', 'Please switch it off at the wall first.\nThen tell us what the display says.'],
  ['signature', 'Kind regards\nDana'],
]);

/** Every template as it holds now. */
export async function listTemplates(ctx: Context): Promise<MailTemplate[]> {
  requireScope(ctx.actor, 'settings:read');
  const rows = await ctx.db.find(MailTemplateRow);
  return Object.values(TemplateKind).map((kind) => shown(kind, rows.find((row) => row.kind === kind) ?? null));
}

/** The words of one template, for whoever writes such a mail. */
export async function templateText(ctx: Context, kind: TemplateKind): Promise<string> {
  return (await ctx.db.findOneBy(MailTemplateRow, { kind }))?.text ?? DEFAULTS[kind];
}

/** Saves the desk's own words; null goes back to the built-in ones. @throws AppError FORBIDDEN, INVALID_INPUT naming an unknown placeholder */
export async function saveTemplate(
  ctx: Context,
  { kind, text }: { kind: TemplateKind; text?: string | null },
): Promise<MailTemplate> {
  requireScope(ctx.actor, 'settings:write');
  if (text !== null && text !== undefined) requireTemplate(kind, text);
  return transact(ctx, async (ctx) => {
    await ctx.db.delete(MailTemplateRow, { kind });
    if (text === null || text === undefined) return shown(kind, null);
    const row = Object.assign(new MailTemplateRow(), { kind, text, updatedAt: ctx.clock.now() });
    await ctx.db.insert(MailTemplateRow, row);
    return shown(kind, row);
  });
}

/** How a mail of these words would look. @throws AppError FORBIDDEN, INVALID_INPUT */
export function previewTemplate(
  ctx: Context,
  { kind, text }: { kind: TemplateKind; text: string },
): { text: string; html: string } {
  requireScope(ctx.actor, 'settings:read');
  requireTemplate(kind, text);
  return { text: renderText(text, TEMPLATE_SAMPLES), html: renderHtml(text, TEMPLATE_SAMPLES) };
}

/** @throws AppError INVALID_INPUT naming each placeholder of `text` that is none of these */
export function requireKnown(path: string, text: string, placeholders: readonly Placeholder[]): void {
  const unknown = unknownPlaceholders(text, new Set(placeholders.map(({ name }) => name)));
  if (unknown.length === 0) return;
  const braced = (names: readonly string[]) => names.map((name) => `{{${name}}}`).join(', ');
  const known = braced(placeholders.map(({ name }) => name));
  throw invalidInput([{ path, message: `There is no placeholder ${braced(unknown)} here. You can use ${known}.` }]);
}

function requireTemplate(kind: TemplateKind, text: string): void {
  const say = (message: string) => invalidInput([{ path: 'text', message }]);
  if (text.length > MAX_TEMPLATE) throw say(`A template has at most ${MAX_TEMPLATE} characters.`);
  requireKnown('text', text, PLACEHOLDERS[kind]);
  const needed = NEEDED[kind];
  const times = countPlaceholder(text, needed);
  if (times === 0) throw say(`Put {{${needed}}} somewhere: without it this mail says nothing.`);
  if (needed === 'reply' && times > 1) throw say('{{reply}} can stand in the frame only once.');
}

function shown(kind: TemplateKind, row: MailTemplateRow | null): MailTemplate {
  return {
    kind,
    text: row?.text ?? DEFAULTS[kind],
    defaultText: DEFAULTS[kind],
    isDefault: row === null,
    placeholders: PLACEHOLDERS[kind],
    updatedAt: row?.updatedAt ?? null,
  };
}
