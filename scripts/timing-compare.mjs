// Paired calls for known and unknown contacts; see timing-compare.sh.
import { randomUUID } from "node:crypto";

const [base, wanted] = [process.argv[2], Number(process.argv[3] ?? 2000)];
const contacts = Math.min(200, wanted);

async function call(method, path, body, token) {
  const began = performance.now();
  const response = await fetch(base + path, {
    method, body: body && JSON.stringify(body),
    headers: { ...(body && { "content-type": "application/json" }), ...(token && { authorization: `Bearer ${token}` }), "idempotency-key": randomUUID() },
  });
  const text = await response.text();
  return { ms: performance.now() - began, status: response.status, json: text && JSON.parse(text) };
}

const documents = (await call("GET", "/v1/documents")).json;
const { version, sha256 } = documents.find((document) => document.kind === "privacy-agreement").inForce;
const start = (email) => call("POST", "/v1/registrations", { method: "email", email, locale: "en", privacyConsent: { version, sha256 } });
const reset = (email) => call("POST", "/v1/password-resets", { method: "email", email });
const signIn = (email) => call("POST", "/v1/sessions", { identifier: email, password: "not the password" });

async function register(email) {
  const { json: attempt } = await start(email);
  const [message] = (await call("GET", `/dev/outbox?to=${encodeURIComponent(email)}`)).json;
  await call("POST", `/v1/registrations/${attempt.id}/verification`, { code: message.code }, attempt.token);
  const { status } = await call("POST", `/v1/registrations/${attempt.id}/completion`, {
    password: "Correct-horse-battery-9", birthDate: "1990-01-31", declarations: { information: true, eligibility: true, capacity: true },
    acceptances: attempt.documents.map(({ kind, version, sha256 }) => ({ kind, version, sha256 })),
  }, attempt.token);
  if (status !== 201) throw new Error(`registration: ${status}`);
}

// Known: has an account. Unknown: was asked for at the same time and not completed. The same length, so that nothing but that differs.
const known = Array.from({ length: contacts }, (_, i) => `known-a-${i}@example.com`), unknown = known.map((email) => email.replace("-a-", "-b-"));
for (let i = 0; i < contacts; i++) await Promise.all([register(known[i]), start(unknown[i])]);

async function compare(name, act, expected) {
  const times = { known: [], unknown: [] };
  for (let i = -contacts; i < wanted; i++) {
    const at = (i + contacts) % contacts, pair = [["known", known[at]], ["unknown", unknown[at]]];
    if (Math.random() < 0.5) pair.reverse();
    for (const [kind, email] of pair) {
      const { ms, status } = await act(email);
      if (status !== expected) throw new Error(`${name} of ${kind}: ${status}`);
      if (i >= 0) times[kind].push(ms); // the first round warms up
    }
  }
  report(name, times.known, times.unknown);
}

function report(name, one, other) {
  const ranked = [...one.map((ms) => [ms, true]), ...other.map((ms) => [ms, false])].sort((a, b) => a[0] - b[0]);
  let ranks = 0, ties = 0;
  for (let i = 0; i < ranked.length;) {
    let j = i;
    while (j < ranked.length && ranked[j][0] === ranked[i][0]) j++;
    for (let k = i; k < j; k++) if (ranked[k][1]) ranks += (i + j + 1) / 2;
    ties += (j - i) ** 3 - (j - i);
    i = j;
  }
  const [n, m] = [one.length, other.length], u = ranks - n * (n + 1) / 2, all = n + m;
  const z = (u - n * m / 2) / Math.sqrt(n * m / 12 * (all + 1 - ties / (all * (all - 1))));
  const at = (list, q) => [...list].sort((a, b) => a - b)[Math.floor(list.length * q)].toFixed(2);
  console.log(`${name}: ${n} pairs; median ${at(one, 0.5)} ms known, ${at(other, 0.5)} ms unknown; p95 ${at(one, 0.95)} / ${at(other, 0.95)} ms; `
    + `U = ${u.toFixed(0)}, z = ${z.toFixed(2)}, p = ${(2 * (1 - phi(Math.abs(z)))).toFixed(3)}, P(known slower) = ${(u / n / m).toFixed(3)}`);
}

// Standard normal distribution (Abramowitz and Stegun 26.2.17).
function phi(x) {
  const t = 1 / (1 + 0.2316419 * x);
  const tail = t * (0.31938153 + t * (-0.356563782 + t * (1.781477937 + t * (-1.821255978 + t * 1.330274429))));
  return 1 - Math.exp(-x * x / 2) / Math.sqrt(2 * Math.PI) * tail;
}

await compare("start", start, 201);
await compare("sign-in", signIn, 401);
await compare("password reset", reset, 201);
