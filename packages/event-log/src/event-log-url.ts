import { z } from 'zod';

/** Where the log is kept. Several brokers are no URL, so it is a text of its own form. */
export const eventLogUrlSchema = z
  .string()
  .regex(
    /^(rediss?:\/\/\S+|kafka:\/\/[^\s,/]+(,[^\s,/]+)*)$/,
    'must be redis://… or kafka://broker-1:9092,broker-2:9092',
  );
