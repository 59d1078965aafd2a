import { expect, test } from 'vitest';
import { toMailFailure, UndeliverableMail } from './mail-failure.ts';

const smtpError = (fields: object) => Object.assign(new Error('x'), fields);

test('a server’s 5xx is permanent and its words are kept', () => {
  const response = '550 5.1.1 no such user';
  expect(toMailFailure(smtpError({ code: 'EENVELOPE', responseCode: 550, response }))).toEqual({
    isPermanent: true,
    reason: response,
  });
});

test('a server’s 4xx is worth another attempt', () => {
  const response = '450 4.2.1 mailbox busy';
  expect(toMailFailure(smtpError({ code: 'EENVELOPE', responseCode: 450, response }))).toEqual({
    isPermanent: false,
    reason: response,
  });
});

test('a refused sign-in condemns no mail and does not reach its reader in detail', () => {
  const response = '535 user mailer@internal unknown';
  expect(toMailFailure(smtpError({ code: 'EAUTH', responseCode: 535, response }))).toEqual({
    isPermanent: false,
    reason: 'The mail server refused our sign-in.',
  });
});

test('a connection that fails says nothing of where it went', () => {
  const { isPermanent, reason } = toMailFailure(new Error('connect ECONNREFUSED 10.0.0.7:25'));
  expect(isPermanent).toBe(false);
  expect(reason).not.toContain('10.0.0.7');
});

test('a mail that could never be sent is given up', () => {
  expect(toMailFailure(new UndeliverableMail('no address'))).toEqual({
    isPermanent: true,
    reason: 'no address',
  });
});
