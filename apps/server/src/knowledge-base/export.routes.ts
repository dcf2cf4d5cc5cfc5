import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { hasScope } from '../accounts/account.policy.ts';
import { type Context, makeContext, type Services } from '../platform/context.ts';
import { contentDisposition } from '../platform/downloads.ts';
import { type Authenticate, credentialsOf } from '../platform/graphql.ts';
import { Article } from './article.entity.ts';
import { exportArticle, exportBase } from './export-articles.ts';
import { KnowledgeBase } from './knowledge-base.entity.ts';

/** Downloads of articles and whole bases as Markdown. Who may not read them gets 404. */
export function exportRoutes(app: FastifyInstance, services: Services, authenticate: Authenticate): void {
  const readerOf = async (request: FastifyRequest): Promise<Context | null> => {
    const actor = await authenticate(services, credentialsOf(request));
    return hasScope(actor, 'kb:read') ? makeContext(services, actor) : null;
  };

  app.get<{ Params: { id: string } }>('/knowledge-export/:id', async (request, reply) => {
    const ctx = await readerOf(request);
    const base = await ctx?.db.findOneBy(KnowledgeBase, { id: request.params.id });
    if (!ctx || !base) return nothingHere(reply);
    return download(reply, `${base.name}.tar.gz`, 'application/gzip').send(exportBase(ctx, base.id));
  });

  app.get<{ Params: { id: string } }>('/knowledge-export/article/:id', async (request, reply) => {
    const ctx = await readerOf(request);
    const article = await ctx?.db.findOneBy(Article, { id: request.params.id });
    if (!ctx || !article) return nothingHere(reply);
    return download(reply, `${article.slug}.md`, 'text/markdown; charset=utf-8').send(
      await exportArticle(ctx, article),
    );
  });
}

function download(reply: FastifyReply, name: string, type: string): FastifyReply {
  return reply
    .header('content-type', type)
    .header('content-disposition', contentDisposition('attachment', name))
    .header('cache-control', 'private, no-store');
}

async function nothingHere(reply: FastifyReply): Promise<FastifyReply> {
  return reply.code(404).type('text/plain').send('There is nothing at this address.\n');
}
