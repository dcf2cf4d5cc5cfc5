import type { ValueTransformer } from 'typeorm';

/** Whole numbers over 2^31, kept as bigint in the database and as number (exact to 2^53) in the program. */
export const bigintNumber: ValueTransformer = {
  to: (value: number | null | undefined) => value,
  from: (value: string | number | bigint | null) => (value === null || value === undefined ? null : Number(value)),
};

/** A value kept as JSON in a long text column. */
export const json: ValueTransformer = {
  to: (value: unknown) => (value === null || value === undefined ? value : JSON.stringify(value)),
  from: (value: string | null) => (value === null || value === undefined ? null : JSON.parse(value)),
};

/** The embedded database hands blobs out as ArrayBuffer. */
export const bytes: ValueTransformer = {
  to: (value: Buffer | null | undefined) => value,
  from: (value: Buffer | ArrayBuffer | null) =>
    value === null || value === undefined || Buffer.isBuffer(value) ? value : Buffer.from(value),
};

/** Column options that many entities share. */
export const idColumn = { type: 'varchar', length: 36 } as const;
export const timeColumn = { type: 'datetime', precision: 3 } as const;
export const nullableTime = { type: 'datetime', precision: 3, nullable: true } as const;
export const longJson = { type: 'longtext', transformer: json } as const;
export const nullableId = { type: 'varchar', length: 36, nullable: true } as const;
