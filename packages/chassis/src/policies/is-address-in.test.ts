import { expect, test } from 'vitest';
import { isAddressIn } from './is-address-in.ts';

const allowed = ['192.0.2.0/24', '203.0.113.7', '2001:db8::/32'];

test.each(['192.0.2.1', '::ffff:192.0.2.255', '203.0.113.7', '2001:db8:1::5'])(
  '%s is allowed',
  (address) => {
    expect(isAddressIn(address, allowed)).toBe(true);
  },
);

test.each(['192.0.3.1', '203.0.113.8', '2001:db9::1', '', 'unknown', '::ffff:203.0.113.8'])(
  '%s is not',
  (address) => {
    expect(isAddressIn(address, allowed)).toBe(false);
  },
);
