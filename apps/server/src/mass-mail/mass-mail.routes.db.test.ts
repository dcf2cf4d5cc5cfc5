import type { FastifyInstance } from 'fastify';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { describeEachDatabase } from '../../test/context.ts';
import { saveDesk } from '../../test/factories.ts';
import { productSchema } from '../../test/schema.ts';
import type { Actor } from '../platform/context.ts';
import { makeHttp } from '../platform/http.ts';
import { Campaign } from './campaign.entity.ts';
import { chooseRecipients } from './choose-recipients.ts';
import { massMailRoutes } from './mass-mail.routes.ts';
import { MAX_LIST_BYTES } from './recipient-list.ts';
import { saveCampaign } from './save-campaign.ts';

describeEachDatabase('a list that is sent up', (world) => {
  let app: FastifyInstance;
  let close: () => Promise<void>;
  beforeAll(async () => {
    const schema = await productSchema();
    const program: Actor = { kind: 'token', tokenId: 't', scopes: new Set(['mail:send']) };
    const http = await makeHttp(world().services, {
      schema,
      authenticate: async () => program,
      routes: [massMailRoutes],
    });
    app = http.app;
    close = () => http.close();
  });
  afterAll(() => close());

  test('is refused in a sentence where it is too large, and leaves the recipients as they were', async () => {
    const ctx = world().ctx();
    await saveDesk(ctx);
    const { id } = await saveCampaign(ctx, {});
    await chooseRecipients(ctx, id, { pasted: 'ann@acme.example' });
    const send = (payload: Buffer) =>
      app.inject({
        method: 'POST',
        url: `/mass-mail/${id}/recipients`,
        headers: { host: 'desk.example.com', authorization: 'Bearer x', 'content-type': 'text/csv' },
        payload,
      });
    const refused = await send(Buffer.alloc(MAX_LIST_BYTES + 1, 'x'));
    expect(refused.statusCode).toBe(413);
    expect(refused.json().errors[0].message).toMatch(/at most 20 MB\. Nobody was chosen anew/);
    expect(await ctx.db.findOneByOrFail(Campaign, { id })).toMatchObject({ recipientCount: 1 });
    const wrong = await send(Buffer.from('name\nAnn'));
    expect([wrong.statusCode, wrong.json().errors[0].message]).toEqual([400, expect.stringContaining('called email')]);
    expect((await send(Buffer.from('email\nbob@acme.example\ncarl@acme.example'))).json()).toMatchObject({
      recipients: 2,
    });
  });
});
