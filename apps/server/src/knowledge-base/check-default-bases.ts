import type { Context } from '../platform/context.ts';
import type { FieldError } from '../platform/errors.ts';
import type { SupportSettingsInput } from '../settings/settings.inputs.ts';
import { KnowledgeBase } from './knowledge-base.entity.ts';

const FIELDS = ['defaultKnowledgeBaseId', 'defaultSupportKnowledgeBaseId'] as const;

/** Refuses settings that name a knowledge base which is not there, or show end users one that is for staff only. */
export async function checkDefaultBases(ctx: Context, input: SupportSettingsInput): Promise<FieldError[]> {
  const errors: FieldError[] = [];
  for (const path of FIELDS) {
    const id = input[path];
    if (!id) continue;
    const base = await ctx.db.findOneBy(KnowledgeBase, { id });
    if (!base) errors.push({ path, message: 'There is no knowledge base with this id.' });
    else if (path === 'defaultKnowledgeBaseId' && base.staffOnly)
      errors.push({ path, message: 'End users cannot see this base. Choose another or publish it.' });
  }
  return errors;
}
