import { Api } from './api.ts';
import { type Dovecot, startDovecot } from './dovecot.ts';
import { type SmtpSink, startSmtpSink } from './smtp-sink.ts';
import { type Product, startProduct } from './start-product.ts';

export const ADMINISTRATOR = { name: 'Dana Whitfield', email: 'dana@desk.example', password: 'a long pass phrase' };
export const SUPPORT = 'support@desk.example';

/** The product with a real mailbox and a way out for mail. */
export interface Desk {
  readonly product: Product;
  readonly dovecot: Dovecot;
  readonly sink: SmtpSink;
  readonly api: Api;
  /** The settings of the mailbox and of sending, as an administrator would type them. */
  mailSettings(): Record<string, unknown>;
  save(input: Record<string, unknown>): Promise<void>;
  stop(): Promise<void>;
}

/** Starts everything; with `setUp` the first administrator exists and the mailbox is configured. */
export async function startDesk(options: {
  setUp: boolean;
  env?: Record<string, string>;
  spares?: number;
}): Promise<Desk> {
  const [dovecot, sink] = await Promise.all([startDovecot(), startSmtpSink()]);
  const product = await startProduct(options.env, options.spares).catch(async (error: unknown) => {
    // No mail server stays behind when there is nothing to serve.
    await Promise.all([dovecot.stop(), sink.stop()]);
    throw error;
  });
  const api = new Api(product.url);
  const mailSettings = () => ({
    supportEmail: SUPPORT,
    pop3Host: '127.0.0.1',
    pop3Port: dovecot.port,
    pop3Security: 'NONE',
    pop3User: dovecot.user,
    pop3Password: dovecot.password,
    pollIntervalSeconds: 5,
    smtpHost: '127.0.0.1',
    smtpPort: sink.port,
    smtpSecurity: 'NONE',
    // Replies go out at once here.
    undoSeconds: 0,
  });
  const desk: Desk = {
    product,
    dovecot,
    sink,
    api,
    mailSettings,
    async save(input) {
      await api.ask('mutation ($input: SupportSettingsInput!) { saveSupportSettings(input: $input) { updatedAt } }', {
        input,
      });
    },
    async stop() {
      await Promise.all([product.stop(), dovecot.stop(), sink.stop()]);
    },
  };
  if (options.setUp) {
    await api.ask('mutation ($input: CompleteSetupInput!) { completeSetup(input: $input) { id } }', {
      input: { ...ADMINISTRATOR, setupToken: product.setupToken() },
    });
    await desk.save(mailSettings());
  }
  return desk;
}
