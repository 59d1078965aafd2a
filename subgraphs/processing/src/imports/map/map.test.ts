import fc from 'fast-check';
import { expect, test } from 'vitest';
import { convertValue, unfit } from './convert-value.ts';
import { inferColumns } from './infer-columns.ts';
import { parseTime } from './parse-time.ts';

const instants = fc.date({
  min: new Date('1970-01-01T00:00:00Z'),
  max: new Date('2099-12-31T00:00:00Z'),
  noInvalidDate: true,
});

test('a time is the same in whichever format it is written', () => {
  fc.assert(
    fc.property(instants, (time) => {
      const iso = time.toISOString();
      const [, year, month, day] = /^(\d+)-(\d+)-(\d+)/.exec(iso) ?? [];
      const clock = iso.slice(11, 23);
      expect(parseTime(iso, 'ISO')).toEqual(time);
      expect(parseTime(`${iso.slice(0, 10)} ${clock}`, 'ISO')).toEqual(time);
      expect(parseTime(`${month}/${day}/${year} ${clock}`, 'MONTH_DAY_YEAR')).toEqual(time);
      expect(parseTime(`${day}.${month}.${year} ${clock}`, 'DAY_MONTH_YEAR')).toEqual(time);
      expect(parseTime(time.getTime(), 'UNIX_MILLISECONDS')).toEqual(time);
      expect(parseTime(`${time.getTime() / 1_000}`, 'UNIX_SECONDS')).toEqual(time);
    }),
  );
});

test.for([
  ['2001-02-29', 'ISO'],
  ['2001-13-01', 'ISO'],
  ['2001-00-15', 'ISO'],
  ['2001-01-00', 'ISO'],
  ['0099-01-15', 'ISO'],
  ['2001-01-01T25:00', 'ISO'],
  ['31/12/2001', 'MONTH_DAY_YEAR'],
  ['', 'UNIX_SECONDS'],
  ['soon', 'UNIX_SECONDS'],
] as const)('%s is no time as %s', ([text, format]) => {
  expect(parseTime(text, format)).toBeUndefined();
});

test('a zone that is named counts, one that is not is UTC', () => {
  expect(parseTime('2001-01-01 06:00+02:00', 'ISO')?.toISOString()).toBe(
    '2001-01-01T04:00:00.000Z',
  );
  expect(parseTime('2001-01-01 06:00', 'ISO')?.toISOString()).toBe('2001-01-01T06:00:00.000Z');
});

test.for([
  ['12', 'INTEGER', 12],
  ['1.5', 'INTEGER', unfit],
  ['9007199254740993', 'INTEGER', unfit],
  ['1e3', 'NUMBER', 1_000],
  ['0x10', 'NUMBER', unfit],
  ['', 'NUMBER', undefined],
  ['Yes', 'BOOLEAN', true],
  ['maybe', 'BOOLEAN', unfit],
  [7, 'STRING', '7'],
  ['[1]', 'JSON', [1]],
  ['[1', 'JSON', unfit],
  [null, 'JSON', null],
  [null, 'STRING', undefined],
] as const)('the cell %j as %s', ([value, type, expected]) => {
  expect(convertValue(value, type)).toEqual(expected);
});

test('columns are inferred by all of their values', () => {
  const rows = [
    { n: '1', code: '007', at: '2001-01-01', flag: 'true', mixed: '1' },
    { n: '2', code: '8', at: '2001-01-02', flag: 'false', mixed: 'x' },
  ].map((value, index) => ({ number: index + 1, value, fault: undefined, text: undefined }));
  const found = inferColumns(['n', 'code', 'at', 'flag', 'mixed'], rows);
  expect(found.map(({ type, timeFormat }) => [type, timeFormat])).toEqual([
    ['INTEGER', null],
    ['STRING', null],
    ['STRING', 'ISO'],
    ['BOOLEAN', null],
    ['STRING', null],
  ]);
});
