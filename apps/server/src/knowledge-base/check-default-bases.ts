import type { Context } from '../platform/context.ts';
import type { FieldError } from '../platform/errors.ts';
import type { SupportSettingsInput } from '../settings/settings.inputs.ts';
import { KnowledgeBase } from './knowledge-base.entity.ts';

const FIELDS = ['defaultKnowledgeBaseId', 'defaultSupportKnowledgeBaseId'] as const;

/** Refuses settings that name a knowledge base which is not there. */
export async function checkDefaultBases(ctx: Context, input: SupportSettingsInput): Promise<FieldError[]> {
  const errors: FieldError[] = [];
  for (const path of FIELDS) {
    const id = input[path];
    if (id && !(await ctx.db.existsBy(KnowledgeBase, { id }))) {
      errors.push({ path, message: 'There is no knowledge base with this id.' });
    }
  }
  return errors;
}
