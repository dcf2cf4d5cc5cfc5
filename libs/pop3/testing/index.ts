export { TEST_CA, TEST_CERTIFICATES, type TestCertificate, type TestCertificateName } from './certificates.ts';
export { FakePop3, type FakePop3Options, type FakeScript, startFakePop3 } from './fake-server.ts';
export type { FakePop3Faults, FakeRefusal, FakeRetrFault } from './faults.ts';
export type { FakeMessage, FakeMessageInput } from './maildrop.ts';
export { DotStuffer } from './stuffing.ts';
