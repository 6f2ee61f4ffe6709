// Verifies a downloaded receipt as a stranger would, who trusts nothing but the service's address: the signature with the public keys served there and a
// stock JOSE library, every text named by its digest. Ends with 1 and the reason when anything is wrong.
//   npm ci && node check.mjs http://127.0.0.1:5080 receipt.jws [text.json …]      text.json: the text as downloaded, instead of what is served now
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { compactVerify, createRemoteJWKSet } from 'jose';

const [base, file, ...copies] = process.argv.slice(2);
if (!file) throw new Error('node check.mjs ADDRESS RECEIPT [TEXT …]');
const kept = copies.map((copy) => JSON.parse(readFileSync(copy, 'utf8')));

try {
  const keys = createRemoteJWKSet(new URL('/.well-known/jwks.json', base));
  const { payload, protectedHeader } = await compactVerify(readFileSync(file, 'utf8').trim(), keys, { algorithms: ['ES256'] });
  if (protectedHeader.typ !== 'receipt+jws') throw new Error(`it is signed as ${protectedHeader.typ}, not as a receipt`);
  const receipt = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(payload));
  for (const document of [receipt.document, ...receipt.incorporated]) {
    const text = kept.find((copy) => copy.kind === document.kind && copy.version === document.version) ?? (await served(document));
    if (digest(text.content) !== document.sha256) throw new Error(`${document.kind} ${document.version} is not the text that the receipt names`);
    console.log(`text       ${document.kind} ${document.version}  ${document.sha256}`);
  }
  console.log(`signature  ${protectedHeader.kid}`);
  console.log(`says       ${receipt.subject} · ${receipt.event} · ${receipt.manner} · ${receipt.act} · ${receipt.at}`);
} catch (fault) {
  console.error(`NOT VERIFIED: ${fault.message}`);
  process.exitCode = 1;
}

// The path only: where the service is reached is for the caller to say, not for the receipt.
async function served(document) {
  const answer = await fetch(new URL(new URL(document.href).pathname, base), { headers: { accept: 'application/json' } });
  if (!answer.ok) throw new Error(`${document.kind} ${document.version} cannot be read (${answer.status})`);
  return answer.json();
}

// For each language tag in ordinal order: the tag, a line feed, the length of the text's UTF-8 form in bytes, a line feed, that form.
function digest(content) {
  const hash = createHash('sha256');
  for (const tag of Object.keys(content).sort()) {
    const bytes = Buffer.from(content[tag], 'utf8');
    hash.update(`${tag}\n${bytes.length}\n`, 'utf8').update(bytes);
  }
  return hash.digest('hex');
}
