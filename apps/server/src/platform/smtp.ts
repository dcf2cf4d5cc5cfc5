/** An account on a mail server that takes our outgoing mail. */
export interface SmtpAccount {
  readonly host: string;
  readonly port: number;
  readonly security: 'TLS' | 'STARTTLS' | 'NONE';
  readonly user: string | null;
  readonly password: string | null;
}

/** What the server said when it took the mail. */
export interface SmtpReceipt {
  readonly response: string;
  /** Recipients that it refused while it took the mail for others. */
  readonly refused: readonly { readonly address: string; readonly response: string }[];
  /** From the last byte of the body to the server's word: what happens in between, nobody would know. */
  readonly gapMs: number;
}

/** How a sending ended badly. `bodyBegun` false: the server cannot have the mail. `permanent`: another try is of no use. */
export class SmtpFailure extends Error {
  readonly permanent: boolean;
  readonly bodyBegun: boolean;
  /** CONNECTION: the next mail would fare no better now. */
  readonly scope: 'MAIL' | 'CONNECTION';
  /** The server's own words, cut and cleaned; null where it said nothing. */
  readonly serverText: string | null;

  constructor(
    message: string,
    how: {
      permanent: boolean;
      bodyBegun: boolean;
      serverText?: string | null;
      scope?: 'MAIL' | 'CONNECTION';
      cause?: unknown;
    },
  ) {
    super(message, how.cause === undefined ? undefined : { cause: how.cause });
    this.name = 'SmtpFailure';
    this.permanent = how.permanent;
    this.bodyBegun = how.bodyBegun;
    this.scope = how.scope ?? 'MAIL';
    this.serverText = how.serverText ?? null;
  }
}

/** The way out for mail. */
export interface SmtpDoor {
  /** Sends finished bytes, over a connection that is kept for the next mail. `beforeBody` runs after the recipients were taken and before the first byte of the body. @throws SmtpFailure */
  send(
    account: SmtpAccount,
    envelope: { readonly from: string; readonly to: readonly string[] },
    content: Buffer,
    hooks: { beforeBody(): Promise<void>; signal?: AbortSignal },
  ): Promise<SmtpReceipt>;
  close(): Promise<void>;
}
