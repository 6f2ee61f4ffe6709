// Holds our verdicts on 18-digit identity numbers against those of a library that others wrote. Every difference must have one of the reasons below,
// each found here from the number alone; ends with 1 and the numbers when one has none, or when a reason never came up.
//   npm ci && node check.mjs verdicts.tsv 2026-03-02        verdicts.tsv: a number, a tab, "ok" or the name of our fault, a line each; then the day of the verdicts
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

const require = createRequire(import.meta.url);
const Validator = require('id-validator');
const regions = require('id-validator/src/GB2260');

const [file, day] = process.argv.slice(2);
if (!day) throw new Error('node check.mjs VERDICTS DAY');
const today = day.replaceAll('-', '');

const isDate = (text) => {
  const date = new Date(Date.UTC(+text.slice(0, 4), +text.slice(4, 6) - 1, +text.slice(6, 8)));
  date.setUTCFullYear(+text.slice(0, 4));
  return date.toISOString().slice(0, 10).replaceAll('-', '') === text;
};

// What the library takes and we refuse, by our fault: it looks at neither calendar nor clock, takes every order, and still takes 15 digits.
const stricter = {
  ImpossibleDate: (number) => !isDate(number.slice(6, 14)) || +number.slice(6, 10) < +today.slice(0, 4) - 129,
  FutureDate: (number) => isDate(number.slice(6, 14)) && number.slice(6, 14) > today,
  Order: (number) => number.slice(14, 17) === '000',
  FifteenDigits: (number) => /^[0-9]{15}$/.test(number),
};
// What we take and the library refuses: its table of regions is of 2014, and it knows no number of a foreigner or of 83.
const laxer = { region: (number) => !(number.slice(0, 6) in regions) && !(`${number.slice(0, 4)}00` in regions) && !(`${number.slice(0, 2)}0000` in regions) };

const theirs = new Validator(regions);
const [counts, unexplained] = [new Map(), []];
let total = 0;
for (const line of readFileSync(file, 'utf8').split('\n').filter(Boolean)) {
  const [number, ours] = line.split('\t');
  total += 1;
  const valid = theirs.isValid(number);
  theirs.cache = {};
  let reason = valid ? 'both take it' : 'both refuse it';
  if (valid !== (ours === 'ok')) {
    reason = valid ? (stricter[ours]?.(number) ? `only the library takes it: ${ours}` : null) : laxer.region(number) ? 'only we take it: region' : null;
  }
  if (reason === null) unexplained.push(`${number} ${ours} ${valid}`);
  else counts.set(reason, (counts.get(reason) ?? 0) + 1);
}
for (const [reason, count] of [...counts].sort()) console.log(`${String(count).padStart(7)}  ${reason}`);
console.log(`${String(total).padStart(7)}  numbers, ${unexplained.length} differences without a reason`);
for (const difference of unexplained.slice(0, 20)) console.error(`UNEXPLAINED ${difference}`);
const expected = ['both take it', 'both refuse it', ...Object.keys(stricter).map((fault) => `only the library takes it: ${fault}`), 'only we take it: region'];
const missing = expected.filter((reason) => !counts.has(reason));
if (missing.length > 0) console.error(`NEVER CAME UP: ${missing.join('; ')}`);
process.exitCode = unexplained.length > 0 || missing.length > 0 ? 1 : 0;
