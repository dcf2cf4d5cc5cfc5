import { Readable } from 'node:stream';
import { stringify } from 'csv-stringify';
import type { Context } from '../platform/context.ts';
import type { Campaign } from './campaign.entity.ts';
import { eachRecipient } from './list-recipients.ts';
import { recipientState } from './recipient-state.ts';

/** All addressees with their states as CSV, page by page. No cell begins a formula in a spreadsheet (RFC 4180). */
export function exportRecipients(ctx: Context, campaign: Campaign): Readable {
  async function* rows() {
    for await (const page of eachRecipient(ctx, campaign.id)) {
      for (const recipient of page) {
        yield {
          email: recipient.address,
          name: recipient.name ?? '',
          state: recipientState(recipient, recipient.mail, campaign.state),
          sent_at: recipient.mail?.sentAt?.toISOString() ?? '',
          detail: recipient.skippedBecause ?? recipient.mail?.detail ?? '',
          unsubscribed_at: recipient.unsubscribedAt?.toISOString() ?? '',
        };
      }
    }
  }
  const columns = ['email', 'name', 'state', 'sent_at', 'detail', 'unsubscribed_at'];
  return Readable.from(rows()).pipe(
    stringify({ header: true, columns, escape_formulas: true, record_delimiter: 'windows' }),
  );
}
