import type { Context } from '../platform/context.ts';
import { transact } from '../platform/database.ts';
import { AppError, type FieldError, invalidInput, notFound } from '../platform/errors.ts';
import { readSettings } from '../settings/read-settings.ts';
import { KnowledgeBase } from './knowledge-base.entity.ts';
import type { KnowledgeBaseInput } from './knowledge-base.inputs.ts';
import { requireMayKeepBases } from './knowledge-base.policy.ts';
import { cleanLine } from './plain-words.ts';

const LONGEST_NAME = 120;
const LONGEST_DESCRIPTION = 500;
const MOST_BASES = 100;

/**
 * Makes a base or changes one.
 * @throws AppError NOT_FOUND, FORBIDDEN, INVALID_INPUT, CONFLICT for hiding the Default KnowledgeBase from end users
 */
export async function saveKnowledgeBase(ctx: Context, input: KnowledgeBaseInput): Promise<KnowledgeBase> {
  requireMayKeepBases(ctx.actor);
  return transact(ctx, async (ctx) => {
    const base = input.id ? await ctx.db.findOneBy(KnowledgeBase, { id: input.id }) : await newBase(ctx);
    if (!base) throw notFound('knowledge base');
    if (input.name !== undefined && input.name !== null) base.name = cleanLine(input.name);
    if (input.description !== undefined) base.description = cleanLine(input.description ?? '');
    if (input.staffOnly !== undefined) base.staffOnly = input.staffOnly ?? false;
    const errors = problems(base);
    if (errors.length > 0) throw invalidInput(errors);
    if (base.staffOnly && (await readSettings(ctx)).defaultKnowledgeBaseId === base.id)
      throw new AppError(
        'CONFLICT',
        'This base is the Default KnowledgeBase, which end users read. Nothing was saved; choose another one in Settings first.',
      );
    return ctx.db.save(KnowledgeBase, base);
  });
}

async function newBase(ctx: Context): Promise<KnowledgeBase> {
  if ((await ctx.db.count(KnowledgeBase)) >= MOST_BASES)
    throw new AppError('CONFLICT', `There are ${MOST_BASES} knowledge bases, which is the most. Delete one first.`);
  const createdAt = ctx.clock.now();
  const id = ctx.random.id(createdAt);
  return Object.assign(new KnowledgeBase(), { id, name: '', description: '', staffOnly: false, createdAt });
}

function problems({ name, description }: KnowledgeBase): FieldError[] {
  const errors: FieldError[] = [];
  if (name === '') errors.push({ path: 'name', message: 'Give the knowledge base a name.' });
  if (name.length > LONGEST_NAME)
    errors.push({ path: 'name', message: `A name has at most ${LONGEST_NAME} characters.` });
  if (description.length > LONGEST_DESCRIPTION)
    errors.push({ path: 'description', message: `A description has at most ${LONGEST_DESCRIPTION} characters.` });
  return errors;
}
