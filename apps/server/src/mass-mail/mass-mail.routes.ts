import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { hasScope } from '../accounts/account.policy.ts';
import { SLOW_BODY_MS } from '../platform/body-deadline.ts';
import { type Context, makeContext, type Services, systemContext } from '../platform/context.ts';
import { contentDisposition } from '../platform/downloads.ts';
import { type Authenticate, credentialsOf } from '../platform/graphql.ts';
import { isSameOrigin } from '../platform/http-headers.ts';
import { nothingHere, UUID } from '../tickets/ticket.routes.ts';
import { Campaign } from './campaign.entity.ts';
import { countRecipients } from './campaign-figures.ts';
import { chooseRecipients } from './choose-recipients.ts';
import { exportRecipients } from './export-recipients.ts';
import { LIST_TOO_LARGE, MAX_LIST_BYTES } from './recipient-list.ts';
import { unsubscribe } from './unsubscribe.ts';
import { askPage, donePage, UNSUBSCRIBE_POLICY, unknownLinkPage } from './unsubscribe-page.ts';
import { readUnsubscribeToken } from './unsubscribe-token.ts';

const FORM_BYTES = 4096;
const SHOWN_ERRORS = 100;

/** Lists in, results out, and the page for unsubscribing, which needs no sign-in and no script. */
export function massMailRoutes(app: FastifyInstance, services: Services, authenticate: Authenticate): void {
  app.register(async (app) => {
    app.addContentTypeParser('text/csv', { parseAs: 'buffer', bodyLimit: MAX_LIST_BYTES }, (_request, body, done) =>
      done(null, body),
    );
    app.post<{ Params: { id: string } }>(
      '/mass-mail/:id/recipients',
      { bodyLimit: MAX_LIST_BYTES, config: { bodyMs: SLOW_BODY_MS }, errorHandler: sayTooLarge },
      async (request, reply) => {
        const ctx = await senderContext(services, authenticate, request);
        if (!ctx || !UUID.test(request.params.id)) return nothingHere(reply);
        if (!isOurRequest(request, services.config.publicUrl))
          return reply.code(403).send({ errors: [{ message: 'Send this from our own pages or with a token.' }] });
        const campaign = await chooseRecipients(ctx, request.params.id, { csv: request.body as Buffer });
        const { recipients } = await countRecipients(ctx, campaign);
        return {
          recipients,
          errorCount: campaign.removed.broken,
          errors: campaign.listProblems.slice(0, SHOWN_ERRORS),
        };
      },
    );
  });

  app.get<{ Params: { id: string } }>('/mass-mail/:id/recipients.csv', async (request, reply) => {
    const ctx = await senderContext(services, authenticate, request);
    const campaign =
      ctx && UUID.test(request.params.id) ? await ctx.db.findOneBy(Campaign, { id: request.params.id }) : null;
    if (!ctx || !campaign) return nothingHere(reply);
    return reply
      .type('text/csv; charset=utf-8')
      .header('content-disposition', contentDisposition('attachment', `mailing ${campaign.subject.slice(0, 60)}.csv`))
      .header('cache-control', 'private, no-store')
      .send(exportRecipients(ctx, campaign));
  });

  app.register(async (app) => {
    // RFC 8058: a mail program posts the form without being asked; what it says is nothing new.
    app.addContentTypeParser('*', { parseAs: 'buffer', bodyLimit: FORM_BYTES }, (_request, _body, done) => done(null));
    const url = '/unsubscribe/:token';
    app.get<{ Params: { token: string } }>(url, async (request, reply) => {
      const who = readUnsubscribeToken(systemContext(services), request.params.token);
      return who ? sendPage(reply, 200, askPage(who.address)) : sendPage(reply, 404, unknownLinkPage());
    });
    app.post<{ Params: { token: string } }>(url, async (request, reply) => {
      const ctx = systemContext(services);
      const who = readUnsubscribeToken(ctx, request.params.token);
      if (!who) return sendPage(reply, 404, unknownLinkPage());
      await unsubscribe(ctx, who);
      return sendPage(reply, 200, donePage(who.address));
    });
  });
}

/** A list that is too large is not read at all. */
async function sayTooLarge(error: FastifyError, _request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
  if (error.statusCode !== 413) throw error;
  return reply.code(413).send({ errors: [{ message: LIST_TOO_LARGE, extensions: { code: 'INVALID_INPUT' } }] });
}

function sendPage(reply: FastifyReply, status: number, html: string): FastifyReply {
  return reply
    .code(status)
    .type('text/html; charset=utf-8')
    .header('content-security-policy', UNSUBSCRIBE_POLICY)
    .header('cache-control', 'no-store')
    .send(html);
}

async function senderContext(
  services: Services,
  authenticate: Authenticate,
  request: FastifyRequest,
): Promise<Context | null> {
  const actor = await authenticate(services, credentialsOf(request));
  return hasScope(actor, 'mail:send') ? makeContext(services, actor) : null;
}

/** A cookie alone proves nothing: another site's page could send it along. */
function isOurRequest({ headers }: FastifyRequest, publicUrl: string): boolean {
  if (headers.authorization !== undefined) return true;
  return headers['apollo-require-preflight'] !== undefined && isSameOrigin(headers, publicUrl);
}
